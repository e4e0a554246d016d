"""Citations and works as tables and reference lists."""
