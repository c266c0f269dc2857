"""The demo conference: invented people, example texts, and everything done through the engine.

`load.load()` brings it in, with what each document type says in `DocumentType.demo`. Nobody and
nothing here is real, save the names of the Länder and the offices in
`klk_workflow/data/offices.json`, which carry their sources. No module of this package, or of a
plugin's demo, writes a state, an Event or an Edition: invented people do what real ones would,
under the engine's clock, through `klk_workflow.content.editing` and `klk_workflow.perform`.
"""
