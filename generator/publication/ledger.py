"""Every address that was ever published, and what was withdrawn: it travels from release to release and only grows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from generator.words.problems import VerifyStop
from generator.words.urls import citable

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out of all releases: a record's id, the day, why; whether its document's text went too."""

    id: str
    on: str
    reason: str
    source: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """`addresses` are URLs with the serial of the release that first had them."""

    addresses: Mapping[str, int]
    withdrawn: tuple[Withdrawal, ...] = ()

    def grown(self, files: Iterable[str], serial: int, withdrawn: Iterable[Withdrawal] = ()) -> "Ledger":
        """With the addresses of a release's files."""
        new = dict.fromkeys(addresses_of(files), serial)
        return Ledger({**new, **self.addresses}, (*self.withdrawn, *withdrawn))

    def missing(self, files: Iterable[str]) -> list[str]:
        """The addresses that a site of these files does not have."""
        return sorted(self.addresses.keys() - addresses_of(files))


EMPTY = Ledger({})


def addresses_of(files: Iterable[str]) -> set[str]:
    """The URLs of a site's files under which people may cite them."""
    return {url for file in files if (url := citable(file)) is not None}


def read_withdrawal(said: Mapping[str, object]) -> Withdrawal:
    """Raises: KeyError: it is none."""
    return Withdrawal(str(said["id"]), str(said["on"]), str(said["reason"]), said["source"] is True)


def ledger_file(ledger: Ledger) -> bytes:
    facts = {
        "format": FORMAT,
        "addresses": dict(sorted(ledger.addresses.items())),
        "withdrawn": [asdict(each) for each in ledger.withdrawn],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def read_ledger(data: bytes) -> Ledger:
    """Raises: VerifyStop: it is no ledger."""
    try:
        said = json.loads(data)
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        addresses = {str(url): int(serial) for url, serial in said["addresses"].items()}
        return Ledger(addresses, tuple(map(read_withdrawal, said["withdrawn"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VerifyStop("ledger.json: 不是网址总账，读不出来（not a ledger）") from error
