"""Send shares to an executor, and put into the store what comes back."""

import io
import pickle
import shutil
import zipfile
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cluster import errand
from pipeline.cluster.sources import Sources, pack, picture_makers
from pipeline.refusal import RefusalError
from pipeline.script import Script, script_of
from pipeline.share import Filmed, Share
from pipeline.store import Store
from pipeline.worker import Event, Failed, Stored, log_path
from pipeline.workers import TRIES

REMOTE = "pipeline.cluster"
OUTCOME, PIECES = "outcome", "pieces"


@dataclass
class _Parcel:
    """A share on its way, and how often it was sent."""

    share: Share
    script: Script
    tries: int = 0


def film_with(
    executor: Executor, shares: Sequence[Share]
) -> Generator[tuple[Share, Event], None, None]:
    """Film ``shares`` with ``executor``, the longest first, and tell what happens to each.

    Its workers need Python and the packages of the lock, and no disk in common with this process.
    A share ends with Filmed or Failed; one that gets lost is sent once more, for what is missing by
    then. Closing the iterator, or an error in it, calls back all that has not begun.

    Raises:
        RefusalError: a worker has other versions of what makes pictures.
    """
    if not shares:
        return
    sources, versions = pack(shares[0].lesson), picture_makers()
    running: dict[Future[bytes], _Parcel] = {}

    def send(parcel: _Parcel) -> None:
        parcel.tries += 1
        order = _order(parcel, sources)
        arguments = (sources.contents, sources.root, REMOTE, order, versions)
        running[executor.submit(errand.run, *arguments)] = parcel

    try:
        for share in sorted(shares, key=lambda share: -share.expected_seconds):
            script = script_of(share.entry, share.lesson, share.quality, share.stock)
            if script.ingredients == share.ingredients:
                send(_Parcel(share, script))
            else:
                late = f"{share.name} was saved after this render began"
                yield share, Failed(0, late, log_path(share), changed=True)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                parcel = running.pop(future)
                for event in _receive(future, parcel):
                    if isinstance(event, Failed) and event.may_pass and parcel.tries < TRIES:
                        send(parcel)
                    else:
                        yield parcel.share, event
    finally:
        for future in running:
            future.cancel()


def _order(parcel: _Parcel, sources: Sources) -> bytes:
    """The share as it travels: its lesson where it is packed, and what is not to be filmed."""
    share = parcel.share
    here = frozenset(path.stem for path in share.store.glob("??/*.json"))
    packed = replace(share, lesson=sources.lesson, script=parcel.script, elsewhere=here)
    return pickle.dumps(packed)


def _receive(future: Future[bytes], parcel: _Parcel) -> Iterator[Event]:
    """Unpack what came back, and tell how it went: at last with Filmed or Failed."""
    share, folder = parcel.share, parcel.share.folder
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with zipfile.ZipFile(io.BytesIO(future.result())) as archive:
            archive.extractall(folder)
    except ImportError as error:
        raise RefusalError(f"this cluster cannot film it: {error}") from None
    except Exception as error:
        lines = str(error).splitlines() or [""]
        lost = f"it was lost in the cluster: {type(error).__name__} {lines[0]}".strip()
        yield Failed(0, lost, log_path(share), may_pass=True)
        return
    arrived = _keep(parcel, Store(folder / PIECES))
    log = log_path(share)
    log.parent.mkdir(parents=True, exist_ok=True)
    for said in (folder / errand.SAID, folder / "logs" / log.name):
        if said.exists():
            said.replace(log)
    outcome = _outcome(folder, log)
    places = outcome.places if isinstance(outcome, Filmed) else ()
    for number, place in enumerate(places):
        if (address := parcel.script.address(number, place)) in arrived:
            yield Stored(number, address)
    shutil.rmtree(folder, ignore_errors=True)
    yield outcome


def _keep(parcel: _Parcel, arrived: Store) -> set[str]:
    """Put the pieces that arrived into the store, and the order of the beats; tell which."""
    store, kept = Store(parcel.share.store), set()
    for film in sorted(arrived.folder.glob("??/*.mp4")):
        if piece := arrived.get(film.stem, verify=True):
            store.put(film.stem, piece, film)
            kept.add(film.stem)
    if order := arrived.order(parcel.script.order_address):
        store.put_order(parcel.script.order_address, order)
    return kept


def _outcome(folder: Path, log: Path) -> Filmed | Failed:
    """How it went there; what is wrong with the disk there is not wrong with this one."""
    if not (folder / OUTCOME).exists():
        return Failed(0, "its process in the cluster died", log, may_pass=True)
    outcome: Filmed | Failed = pickle.loads((folder / OUTCOME).read_bytes())
    if isinstance(outcome, Failed):
        there = f"on its worker: {outcome.error}" if outcome.disk else outcome.error
        return replace(outcome, error=there, log=log, may_pass=False, disk=False)
    return outcome
