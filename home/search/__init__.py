"""The public search: one index over pages, Editions and the text of their files.

`german` takes text apart, `index` keeps the table `Entry` true, `vocabulary` knows which words
there are, `engine` asks the database's own full text (FTS5 or tsvector), `find` answers a question.
"""
