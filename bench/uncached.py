"""The site as it is, but for the page cache: what a page costs that nobody has asked for yet."""

from bench.settings import *

MIDDLEWARE = [name for name in MIDDLEWARE if name != "home.cache.page_cache"]
