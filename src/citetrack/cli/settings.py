"""Settings and where they come from: a flag, `CITETRACK_*`, config.toml, the default."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citetrack.config import CROSSREF_URL, DATACITE_URL, DOI_URL, FAIL_ON, PMC_URL, TIMEOUT
from citetrack.errors import ConfigError
from citetrack.text import printable

RETRACTION_WATCH_URL = (
    "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
)
_FILE, _VARIABLE = "config.toml", "CITETRACK_CONFIG"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in config.toml (and as a flag), its variable, what it is for."""

    name: str
    variable: str | None
    default: str | float | None
    help: str
    kind: type = str
    is_path: bool = False
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name as an option's parameter has it."""
        return self.name.replace("-", "_")


SETTINGS = (
    Setting("db", "CITETRACK_DB", None, "the tracker, a SQLite file", is_path=True),
    Setting("works", None, None, "works files to consult first (a list)", list, is_path=True),
    Setting("mailto", "CITETRACK_MAILTO", None, "your address, for Crossref's polite pool"),
    Setting("timeout", None, TIMEOUT, "seconds that one answer may take", float),
    Setting(
        "fail-on",
        None,
        "error",
        "from which severity on a finding sets exit code 1",
        choices=FAIL_ON,
    ),
    Setting("crossref-url", "CITETRACK_CROSSREF_URL", CROSSREF_URL, "base of Crossref's REST API"),
    Setting("datacite-url", "CITETRACK_DATACITE_URL", DATACITE_URL, "base of DataCite's REST API"),
    Setting("doi-url", "CITETRACK_DOI_URL", DOI_URL, "base of doi.org"),
    Setting("pmc-url", "CITETRACK_PMC_URL", PMC_URL, "PubMed Central's converter of identifiers"),
    Setting(
        "retraction-watch",
        "CITETRACK_RETRACTION_WATCH",
        None,
        "the Retraction Watch CSV to use, in place of what is stored",
        is_path=True,
    ),
    Setting(
        "retraction-watch-url",
        "CITETRACK_RETRACTION_WATCH_URL",
        RETRACTION_WATCH_URL,
        "where `citetrack retractions update` fetches that CSV",
    ),
)


def config_path() -> Path | None:
    """Return where config.toml is or would be: in the platform's folder for configuration."""
    from platformdirs import user_config_path

    if named := os.environ.get(_VARIABLE):
        return Path(named)
    try:
        return user_config_path("citetrack", appauthor=False) / _FILE
    except RuntimeError:  # no home folder
        return None


def file_values() -> dict[str, Any]:
    """Return what config.toml sets, by name; paths are taken from its folder.

    Raises ConfigError for a file that cannot be read, a name that is no setting, and a value of
    another kind than the setting's or that is none of its choices.
    """
    path = config_path()
    if path is None or not path.is_file():
        if os.environ.get(_VARIABLE):
            raise ConfigError(f"There is no file {printable(str(path))}, which {_VARIABLE} names.")
        return {}
    known = {s.name: s for s in SETTINGS}
    return {name: _value(known.get(name), name, value, path) for name, value in _read(path).items()}


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigError(f"{printable(str(path))} cannot be read: {why}.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{printable(str(path))} is no TOML: {error}.") from error


def _value(setting: Setting | None, name: str, value: Any, path: Path) -> Any:
    where = printable(str(path))
    if setting is None:
        names = ", ".join(s.name for s in SETTINGS)
        raise ConfigError(f"{where}: {printable(name)} is no setting.", hint=f"They are: {names}.")
    values = value if isinstance(value, list) and setting.kind is list else [value]
    wanted = (int, float) if setting.kind is float else str
    if not all(isinstance(v, wanted) and not isinstance(v, bool) for v in values):
        kind = {float: "a number", list: "a list of strings"}.get(setting.kind, "a string")
        raise ConfigError(f"{where}: {name} must be {kind}.")
    if setting.choices and value not in setting.choices:
        raise ConfigError(f"{where}: {name} must be one of {', '.join(setting.choices)}.")
    if setting.kind is float and not value > 0:
        raise ConfigError(f"{where}: {name} must be more than 0.")
    if setting.is_path:
        values = [str(path.parent / Path(v).expanduser()) for v in values]
    return values if setting.kind is list else values[0]


def defaults_for_options(commands: tuple[str, ...]) -> dict[str, Any]:
    """Return what config.toml sets as click takes it: for each command the options' values."""
    values = {name.replace("-", "_"): value for name, value in file_values().items()}
    if not values:
        return {}
    update = {**values}
    if "retraction_watch_url" in values:
        update["url"] = values["retraction_watch_url"]
    return {command: {**values, "update": update, "info": values} for command in commands}


def found(setting: Setting, values: dict[str, Any]) -> tuple[Any, str]:
    """Return the value of a setting and where it came from, flags left aside."""
    if setting.variable and (value := os.environ.get(setting.variable)):
        return value, setting.variable
    if setting.name in values:
        return values[setting.name], _FILE
    if setting.name == "db":
        return str(default_db()), "default"
    return setting.default, "default"


def default_db() -> Path:
    """Return where the tracker is when nobody says: in the platform's folder for data.

    Without a home folder the path begins with "~", which the store refuses in plain words.
    """
    from platformdirs import user_data_path

    try:
        folder = user_data_path("citetrack", appauthor=False)
    except RuntimeError:  # platformdirs found no home; its older versions leave the "~"
        folder = Path("~")
    return folder / "citetrack.db"


def service_url(name: str) -> str:
    """Return the base of a service that has no flag."""
    setting = next(s for s in SETTINGS if s.name == name)
    return str(found(setting, file_values())[0])


def table() -> str:
    """Return all settings as a table in Markdown."""
    rows = (
        f"| `{s.name}` | {f'`{s.variable}`' if s.variable else '–'} | {_default(s)} | {s.help} |"
        for s in SETTINGS
    )
    head = ("| in config.toml | variable | default | what it is |", "|---|---|---|---|")
    return "\n".join((*head, *rows)) + "\n"


def _default(setting: Setting) -> str:
    if setting.name == "db":
        return "`citetrack.db` in the platform's data folder"
    return f"`{setting.default}`" if setting.default is not None else "none"
