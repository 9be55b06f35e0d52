"""A cache bounded by the bytes of what it keeps: many visitors, whatever they choose, never fill a server's memory."""

from collections.abc import Callable, Mapping
from threading import Condition
from typing import Any, ParamSpec, Protocol, TypeVar, cast

import numpy as np
from cachetools import LRUCache, cached

Given = ParamSpec("Given")
Made = TypeVar("Made")

_REFERENCE = 8  # bytes of a place in a list
_NUMBER = 32  # bytes of a number that is an object of its own, and of its place in a list


class Info(Protocol):
    """What a cache says of itself: the bytes it keeps, and at most."""

    currsize: int
    maxsize: int


class Cached(Protocol[Given, Made]):
    """A function whose last results are kept."""

    __wrapped__: Callable[Given, Made]

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Return what was kept, or what the function makes."""

    def cache_info(self) -> Info:
        """Return how full the cache is."""

    def cache_clear(self) -> None:
        """Forget all that is kept."""


def cached_by_bytes(most_bytes: int) -> Callable[[Callable[Given, Made]], Cached[Given, Made]]:
    """Decorate a function so that what it returned last is kept, at most so many bytes in all.

    A result larger than that is returned and not kept. Who asks for what is just being made waits for it.

    >>> @cached_by_bytes(1000)
    ... def zeros(count: int) -> np.ndarray:
    ...     return np.zeros(count)
    >>> zeros(10) is zeros(10), zeros(1000) is zeros(1000)
    (True, False)
    """
    cache: LRUCache[Any, Any] = LRUCache(most_bytes, getsizeof=bytes_of)
    condition = Condition()

    def decorate(function: Callable[Given, Made]) -> Cached[Given, Made]:
        return cast("Cached[Given, Made]", cached(cache, lock=condition, condition=condition, info=True)(function))

    return decorate


def bytes_of(value: Any) -> int:
    """About how many bytes a value takes, all that it is made of included.

    Arrays, text, numbers, and containers and objects of them are counted; a type, a function or None counts nothing.
    Arrays that share their memory count once, with all of it.

    >>> bytes_of({"output": np.zeros((2, 3))}) >= 48, bytes_of([1.0] * 100)
    (True, 3200)
    """
    return _bytes_of(value, set())


def _bytes_of(value: Any, counted: set[int]) -> int:
    """The same, but for the memory of arrays whose owners were counted before."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, bool | int | float):
        return _NUMBER
    if isinstance(value, np.ndarray):
        owner = value
        while isinstance(owner.base, np.ndarray):
            owner = owner.base
        if id(owner) in counted:
            return 0
        counted.add(id(owner))
        return owner.nbytes
    if isinstance(value, Mapping):
        return sum(_bytes_of(key, counted) + _bytes_of(one, counted) + 2 * _REFERENCE for key, one in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        if value and all(type(one) is float for one in value):
            return _NUMBER * len(value)
        return sum(_bytes_of(one, counted) + _REFERENCE for one in value)
    if isinstance(value, type) or not hasattr(value, "__dict__"):
        return 0
    return sum(_bytes_of(one, counted) for one in vars(value).values())
