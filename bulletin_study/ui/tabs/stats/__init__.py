"""统计导出: periods, figures that open down to sessions and people, files to hand up."""

from bulletin_study.ui.tabs.stats.tab import StatsTab

__all__ = ["StatsTab"]
