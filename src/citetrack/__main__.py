"""`python -m citetrack`."""

from citetrack.cli import run

if __name__ == "__main__":
    run()
