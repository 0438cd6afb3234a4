"""The `guicheng` command: set up, deploy, verify."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from engine import demo
from engine.boot import ROOT, open_platform, start_again
from engine.cli.procedures import export_files, export_zip, import_zip
from engine.cli.worker import until_told, working
from engine.cli.year import live_a_year
from engine.commands import close_days, deploy_files
from engine.commands.install import BUILDING, Administrator, install_real
from engine.commands.verify_log import verify_log
from engine.config import Settings
from engine.errors import DefinitionRefused, GuichengError
from engine.jobs import run_due
from engine.platform import Platform


def _platform() -> Platform:
    settings = Settings.from_environment()
    settings.prepare()
    return open_platform(settings)


FIRST = (("sysadmin", "系统管理员"), ("security", "安全管理员"), ("audit-admin", "审计管理员"))


@click.group()
def main() -> None:
    """规程 Guicheng：安装、部署与核验。Settings come from the environment, see docs/settings.md."""


@main.command("demo")
@click.option(
    "--cases", type=click.IntRange(1, 1_000_000), help="生成一整年的案件，共这么多件（不填则是十几件固定的案件）"
)
@click.option("--seed", default="1", show_default=True, help="随机种子：种子、件数和截止日相同，内容就相同")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="这一年到哪一天为止，不填则到今天")
@click.option("--yes", is_flag=True, help="已有的演示内容直接清空，不再询问")
def demo_command(cases: int | None, seed: str, until: datetime | None, yes: bool) -> None:
    """建立演示单位和演示案件；不带 --cases 时，已有内容只部署变化的流程。"""
    with _told():
        platform = _platform()
        if platform.mode == "real":
            raise click.ClickException("这里是正式安装，没有改动。演示请换一个 DATA_DIR 或数据库。")
        if platform.mode == BUILDING:
            click.echo("上次生成演示案件时中断，重新生成。")
            platform = start_again(platform)
        if cases is not None:
            live_a_year(_emptied(platform, yes), cases, seed, until)
        elif not platform.mode:
            with click.progressbar(length=demo.CASES, label="生成演示案件", file=sys.stderr) as bar:
                demo.build(platform, ROOT, lambda: bar.update(1), run_due)
            close_days(platform)  # else the first start does it, while the first people sign in
        _deploy(platform)


def _emptied(platform: Platform, yes: bool) -> Platform:
    """The platform without the demo that is there, if whoever asks agrees."""
    if not platform.mode:
        return platform
    if not yes and not (
        _at_terminal() and click.confirm("这里已有演示内容，要清空并重新生成吗？请先停止正在运行的服务。")
    ):
        raise click.ClickException(
            "这里已有演示内容，没有改动。换一个 DATA_DIR，或加上 --yes（make demo YES=1）清空重来。"
        )
    return start_again(platform)


@main.command()
@click.option("--organisation", help="显示在页面上的单位名称，不填则会询问")
def init(organisation: str | None) -> None:
    """正式安装：空白的组织和三位首任管理员（系统、安全、审计，互不兼任）。"""
    with _told():
        platform = _platform()
        if platform.mode:
            raise click.ClickException("这里已经安装过，没有改动任何内容。")
        try:
            organisation = organisation or click.prompt("单位名称")
            administrators = [
                Administrator(role, click.prompt(f"{label} 账号"), click.prompt(f"{label} 姓名"), _password(label))
                for role, label in FIRST
            ]
        except click.Abort:
            raise click.ClickException("没有填完就结束了，什么都没有安装。请重新运行 guicheng init。") from None
        install_real(platform, organisation, administrators)
        _deploy(platform)
        click.echo("安装完成。运行 python app.py 启动。")


@main.command()
def deploy() -> None:
    """部署 workflows/ 与 forms/ 中有变化的流程。"""
    with _told():
        _deploy(_platform())


@main.command("export")
@click.argument("key")
@click.option("--version", type=click.IntRange(1), help="第几版，不填则是现行版本")
@click.option("--zip", "file", type=click.Path(dir_okay=False, path_type=Path), help="写成一个压缩包，可指定文件名")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="写回一个检出目录，例如 .")
def export_command(key: str, version: int | None, file: Path | None, folder: Path | None) -> None:
    """导出流程的一个版本：压缩包（默认），或写回 workflows/ 与 forms/。"""
    if file is not None and folder is not None:
        raise click.UsageError("--zip 和 --to 只能用一个。")
    with _told():
        if folder is None:
            click.echo(export_zip(_platform(), key, version, file))
        else:
            for line in export_files(_platform(), key, version, folder):
                click.echo(line)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "account", prompt="以哪位流程负责人的账号导入", help="流程负责人的账号，草稿记在此人名下")
def import_command(file: Path, account: str) -> None:
    """把一个流程压缩包导入为设计草稿；在页面上检查后再发布。"""
    with _told():
        click.echo(import_zip(_platform(), account, file.read_bytes()))


@main.command()
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="同时运行几个自动任务（事务之外的处理器）",
)
def worker(threads: int) -> None:
    """运行计时和自动任务的独立进程；可以开多个。正在提供网页的进程设 JOB_THREADS=0，自动任务就全部由这里运行。"""
    with _told():
        platform = _platform()
        if not platform.mode:
            raise click.ClickException("还没有安装。请先运行 guicheng init。")
        told = until_told()
        with working(platform, threads):
            click.echo("正在运行。按 Ctrl+C 停止。")
            told.wait()
        click.echo("已停止。")


@main.group()
def audit() -> None:
    """审计日志。"""


@audit.command("verify")
def audit_verify() -> None:
    """核验每件案件的日志链、每个流程版本的内容与发布记录，发现断裂时返回 1。"""
    with _told():
        report = verify_log(_platform())
        click.echo(f"核验 {report.cases} 件、{report.events} 条记录，发现 {len(report.breaks)} 处断裂。")
        click.echo(f"核验 {report.versions} 个流程版本及其发布记录，发现 {len(report.version_breaks)} 处断裂。")
        for found in (*report.breaks, *report.version_breaks):
            click.echo(f"  {found}")
        if not report.sound:
            sys.exit(1)


def _password(label: str) -> str:
    """Asked for twice; hidden at a terminal. Hiding opens the terminal itself, so a pipe would not be read then."""
    password: str = click.prompt(f"{label} 密码", hide_input=_at_terminal(), confirmation_prompt="再输入一次")
    return password


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _deploy(platform: Platform) -> None:
    for deployed in deploy_files(platform, ROOT):
        click.echo(deployed.note)


class _told:
    """Say the product's own errors as a sentence, without a trace."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DefinitionRefused):
            for finding in error.findings:
                click.echo(f"  {finding}", err=True)
            raise click.ClickException(f"有 {len(error.findings)} 处问题，没有部署，原有版本照常运行。") from error
        if isinstance(error, GuichengError):
            raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
