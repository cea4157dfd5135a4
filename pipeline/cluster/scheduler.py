"""Reach a Dask cluster by the address of its scheduler, as an executor."""

import logging
import pickle
import platform
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from pipeline.errors import UserError

PATIENCE = 5.0
"""Seconds that a scheduler may take to answer."""

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Give an executor for the cluster at ``tcp://host:port``, and how many it runs at once.

    Raises:
        UserError: it cannot be reached, has no workers, or Dask is not installed here.
    """
    try:
        import cloudpickle
        from distributed import Client
    except ImportError:
        raise UserError(
            "CLUSTER needs the package distributed, which is not installed: "
            ".venv/bin/python -m pip install distributed"
        ) from None
    from pipeline.cluster import remote

    # What goes wrong is told once, by the pipeline.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    cloudpickle.register_pickle_by_value(remote)
    _knock(address)
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        raise UserError(f"{address} is no scheduler of a Dask cluster: {error}") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UserError(
                f"the cluster at {address} has no workers; start one with  dask worker {address}"
            )
        for worker, version in client.run(platform.python_version).items():
            if version.split(".")[:2] != platform.python_version().split(".")[:2]:
                ours = platform.python_version()
                raise UserError(f"{worker} has Python {version}, which must be as here: {ours}")
        yield _Carrying(client.get_executor(pure=False), cloudpickle.dumps), threads


def _knock(address: str) -> None:
    """See whether a scheduler is there: Dask would tell it at great length, or wait for ever.

    A scheduler speaks first, except where all is to be secret.
    """
    found = re.fullmatch(r"(?:tcp|tls)://\[?([^\[\]/]+?)\]?:(\d+)", address)
    if found is None:
        raise UserError(f"{address!r} is no address of a scheduler, such as tcp://192.168.0.7:8786")
    host, port = found.groups()
    try:
        with socket.create_connection((host, int(port)), PATIENCE) as connection:
            if address.startswith("tcp:") and not connection.recv(1):
                raise ConnectionError("it hangs up")
    except (OSError, OverflowError) as error:
        raise UserError(f"nobody answers at {address}: {error}") from None


class _Carrying(Executor):
    """Another executor, whose workers get functions themselves: they cannot import them."""

    def __init__(self, executor: Executor, dumps: Callable[[object], bytes]) -> None:
        self._executor, self._dumps = executor, dumps

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._executor.submit(_ByValue(fn, self._dumps(fn)), *args, **kwargs)


class _ByValue:
    """A function that is pickled as what it is, and not by its name as pickle would."""

    def __init__(self, function: Callable[..., Any], pickled: bytes) -> None:
        self._function, self._pickled = function, pickled

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function(*args, **kwargs)

    def __reduce__(self) -> tuple[Callable[[bytes], Any], tuple[bytes]]:
        return pickle.loads, (self._pickled,)
