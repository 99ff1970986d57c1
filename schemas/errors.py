"""The base of every error that the program raises on purpose, and the words for those of the system."""

import errno
import logging


class XiangcangError(Exception):
    """A fault that a person must put right.

    Its text says what is wrong and what to do; the command line prints it.
    """


_WORDS = {
    errno.ENOSPC: "磁盘已满；请腾出空间再运行",
    errno.EDQUOT: "磁盘配额已满；请腾出空间再运行",
    errno.EROFS: "所在的磁盘是只读的；请检查挂载",
    errno.EACCES: "没有权限；请检查文件夹的属主和权限",
    errno.EPERM: "没有权限；请检查文件夹的属主和权限",
    errno.EIO: "磁盘读写出错；请检查硬件，并从备份恢复",
    errno.ENOENT: "没有这个文件或文件夹",
}


def describe(error: OSError) -> str:
    """Say in Chinese what the system refused, on which file, and what to do."""
    words = _WORDS.get(error.errno or 0, error.strerror or type(error).__name__)
    return f"{error.filename}：{words}" if error.filename else words


def log_failure(log: logging.Logger, event: str, error: BaseException) -> None:
    """Log what failed and why; with the frames only where the program is to blame, not the machine or a person."""
    is_expected = isinstance(error, OSError | XiangcangError)
    log.error("%s: %s: %s", event, type(error).__name__, error, exc_info=None if is_expected else error)
