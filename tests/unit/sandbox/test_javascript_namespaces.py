import pytest

from deftly.sandbox.namespaces import what_allows_them


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("user/max_user_namespaces", "0\n", "sysctl user.max_user_namespaces=15000"),
        ("kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel/unprivileged_userns_clone", "1", "in a container"),
    ],
)
def test_the_setting_that_forbids_namespaces_is_named(tmp_path, setting, value, says):
    file = tmp_path / setting
    file.parent.mkdir(parents=True)
    file.write_text(value)
    assert says in what_allows_them(tmp_path)
