"""Questions: their headers, the catalogue, the binding of parameters, the tables of answers."""
