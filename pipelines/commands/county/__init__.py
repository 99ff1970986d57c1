"""Commands on what a county says: its folder, its forms and their contracts, blank forms, the sample district."""
