"""The site: settings, addresses and the login that put engine, plugins and website together."""
