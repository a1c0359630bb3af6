"""The screens, one module each; `routes` lists them."""
