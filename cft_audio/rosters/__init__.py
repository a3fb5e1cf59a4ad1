"""Tables of clients that a person wrote, in CSV, XLSX or YAML, and a template to begin with."""
