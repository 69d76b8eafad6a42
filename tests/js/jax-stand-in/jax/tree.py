def map(function, first, *others):
    if isinstance(first, (list, tuple)):
        return type(first)(map(function, *parts) for parts in zip(first, *others, strict=True))
    if isinstance(first, dict):
        return {key: map(function, first[key], *(other[key] for other in others)) for key in first}
    return function(first, *others)
