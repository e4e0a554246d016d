# The steps of .ci/run one by one, for an environment with `pip install -e '.[dev]'`.

# Run the tests on all cores.
test:
    pytest -q -n auto

# Style, types, layers, dependencies, spelling.
lint:
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    deptry src
    codespell docs README.md CHANGELOG.md data/README.md

# Accuracy on our own stories, pages and identifiers; on ../shared where it is present.
eval:
    pytest -q tests/eval

# Every figure of docs/accuracy.md, on the measuring material beside this folder.
figures:
    python tests/eval/figures.py ../shared/linking

# Fit the weights of linking anew; without --write the cross-validated figures are only shown.
fit POOL *FLAGS:
    python tests/eval/fit_linking.py ../shared/linking {{POOL}} {{FLAGS}}

# Write the generated parts of the documentation anew.
docs:
    cog -r docs/*.md docs/rules/*.md

# Speed and memory, as ratios against named peers in the same run.
bench:
    for b in benchmarks/[a-z]*.py; do python "$b"; done

# Write down the versions that CI installs.
lock:
    pip freeze --exclude-editable > constraints.txt
