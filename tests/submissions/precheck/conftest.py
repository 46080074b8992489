import pytest

from tests.submissions.precheck import node


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """The browser's modules, where Node can import them."""
    return node.modules_in(tmp_path_factory.mktemp("modules"))
