"""An invented province to try the product with. Nobody and nothing in it is real."""
