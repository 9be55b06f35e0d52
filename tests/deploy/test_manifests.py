"""The image, the compose file and the Kubernetes manifests are valid, agree with each other, and run what exists."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from deploy.serve import TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy" / "kubernetes"
MANIFESTS = sorted(set(KUBERNETES.glob("*.yaml")) - {KUBERNETES / "kustomization.yaml"})
SCRIPTS = Path(sys.executable).parent


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_is_what_kubernetes_publishes(path: Path) -> None:
    kubernetes_validate.validate(read(path), "1.37", strict=True)


def test_a_misspelt_manifest_is_found() -> None:
    wrong = read(KUBERNETES / "deployment.yaml")
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.37", strict=True)


def test_every_manifest_is_applied() -> None:
    assert sorted(read(KUBERNETES / "kustomization.yaml")["resources"]) == [path.name for path in MANIFESTS]


def test_the_manifests_name_each_other() -> None:
    deployment, service = read(KUBERNETES / "deployment.yaml"), read(KUBERNETES / "service.yaml")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    (port,) = container["ports"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]
    assert service["spec"]["ports"][0]["targetPort"] == port["name"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"] == {"path": "/_stcore/health", "port": port["name"]}
    (rule,) = read(KUBERNETES / "ingress.yaml")["spec"]["rules"]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": service["metadata"]["name"], "port": {"name": service["spec"]["ports"][0]["name"]}}
    target = read(KUBERNETES / "autoscaler.yaml")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])


def test_the_compose_file_is_what_its_specification_says() -> None:
    command = [str(SCRIPTS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == "ok -- validation done\n"


def test_the_compose_file_fills_in_the_whole_template() -> None:
    services = read(ROOT / "compose.yaml")["services"]
    environment = services["proxy"]["environment"]
    text = TEMPLATE.read_text()
    assert {name for name in environment if f"${{{name}}}" in text} == set(environment)
    for name, value in environment.items():
        text = text.replace(f"${{{name}}}", value)
    assert "${" not in text
    replicas = sorted(set(services) - {"proxy"})
    assert len(replicas) == 2
    assert all(f"server {replica}:8501" in environment["REPLICAS"] for replica in replicas)
    for volume in services["proxy"]["volumes"]:
        assert (ROOT / volume.split(":")[0]).is_file()


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions and what follows each, with continued lines joined."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return [(name, rest.strip()) for name, _, rest in lines]


def test_the_dockerfile_follows_the_rules_of_its_linter() -> None:
    done = subprocess.run(
        [str(SCRIPTS / "hadolint"), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    last_stage = instructions()[[name for name, _ in instructions()].index("FROM", 1) :]
    said = dict(last_stage)
    user = read(KUBERNETES / "deployment.yaml")["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
    assert said["USER"] == str(user) != "0"
    assert "/_stcore/health" in said["HEALTHCHECK"]
    program, verb, script, *_ = ast.literal_eval(said["CMD"])
    assert (program, verb) == ("streamlit", "run")
    assert (ROOT / script).is_file()


@pytest.mark.parametrize("torch", ["0", "1"])
def test_torch_is_installed_only_where_it_is_asked_for(tmp_path: Path, torch: str) -> None:
    (install,) = (rest for name, rest in instructions() if name == "RUN" and "requirements.txt" in rest)
    (choose,) = (part for part in install.split("&&") if part.strip().startswith("if "))
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    subprocess.run(["sh", "-c", choose], cwd=tmp_path, env={"TORCH": torch, "PATH": "/usr/bin:/bin"}, check=True)
    wanted = (tmp_path / "wanted.txt").read_text()
    assert ("torch==" in wanted) == (torch == "1")
    assert "streamlit==" in wanted


def test_all_that_the_app_imports_is_copied_into_the_image() -> None:
    copied = {line[1:].split("/")[0] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    parts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert {*parts, "app.py", ".streamlit", "requirements.txt"} - {"deploy"} <= copied  # which starts images, or none
