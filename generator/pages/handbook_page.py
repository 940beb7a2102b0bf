"""The page of the editors' guide."""

from generator.facts.page import HOME_LINK, Page
from generator.pages.handbook import read_guide
from generator.words.urls import CHECKS, HANDBOOK, relative


def handbook_page() -> Page:
    """From a document as received to a published form, every step and message explained."""
    guide = read_guide(relative(CHECKS, HANDBOOK))
    description = "录入和核对表格的同事用：从收到的文件到公开的网页，每一步怎样做，每种提示怎样改。"
    return Page(HANDBOOK, "handbook", guide.title, description, {"guide": guide}, (HOME_LINK,))
