"""Pictures that are like a new one, or that it was made from."""

from collections.abc import Callable, Iterator

from PIL import Image

from submissions.media.fingerprints import pdq, pictures
from submissions.media.fingerprints.prints import Prints
from submissions.media.similar import keys
from submissions.media.similar.found import Found
from submissions.models import MediaFile
from submissions.states import LikenessKind

MOST_FOUND = 40
MOST_LOOKED_AT = 12  # whose corners are compared: some 20 ms each

Opener = Callable[[MediaFile], Image.Image | None]


def find(prints: Prints, *, own: list[int], open_picture: Opener) -> Iterator[Found]:
    nearest = sorted(_near(prints.picture, own).items(), key=lambda item: item[1])
    sure = [each for each in nearest if each[1] <= pictures.SURE_BITS]
    doubtful = nearest[len(sure) :]
    for file, bits in sure[:MOST_FOUND]:
        yield _found(file, bits, {})
    for file, bits, count in _confirmed(prints, doubtful, open_picture):
        yield _found(file, bits, {"corners": count})


def _found(media_file_id, bits, detail):
    score = round(1 - bits / pdq.HASH_BITS, 3)
    return Found(media_file_id, LikenessKind.PICTURE, score, {"bits": bits} | detail)


def _confirmed(prints, doubtful, open_picture) -> Iterator[tuple[int, int, int]]:
    """Those whose corners lie where ours do."""
    doubtful = doubtful[:MOST_LOOKED_AT]
    if not doubtful:
        return
    looked_at = pictures.corners(prints.small)
    files = MediaFile.objects.in_bulk([file for file, _bits in doubtful])
    for file, bits in doubtful:
        image = open_picture(files[file]) if file in files else None
        count = pictures.inliers(looked_at, pictures.corners(image)) if image else 0
        if count >= pictures.LEAST_INLIERS:
            yield file, bits, count


def _near(own_print: pictures.Print, own) -> dict[int, int]:
    """The fewest bits by which each other picture differs, up to MAYBE_BITS: this one
    lying any way against all with their crops, and its crops against all. As it lies,
    whatever is within 35 bits is found."""
    upright, *turned = own_print.turned
    turned = [*turned, *own_print.trimmed]
    crops = list(own_print.kept[1:])
    fewest: dict[int, int] = {}
    for kind, rows, flips in (
        (keys.PICTURE, [upright], 2),
        (keys.PICTURE, [*turned, *crops], 1),
        (keys.PICTURE_CROP, [upright, *turned], 1),
    ):
        for near in keys.near(
            kind, enumerate(rows), own=own, most_bits=pictures.MAYBE_BITS, flips=flips
        ):
            bits = fewest.get(near.media_file_id, near.bits)
            fewest[near.media_file_id] = min(bits, near.bits)
    return fewest
