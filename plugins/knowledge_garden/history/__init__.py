"""History: from a Git repository to contributions, in one streamed walk. The only package that imports GitPython.

`read_history` goes through these modules in order; each can be read on its own.

    repository   which repository holds a path (`find_repository`), and where its cache lies
    environment  Git in an isolated environment: no configuration of user or repository can change its output  (process)
    settings     the committed files that shape credit: `.mailmap`, the ignored revisions
    source       commits from the cache, from Git, or both, as one stream   (log: Git's output; renames; cache: the file)
    walk         follows pages through the commits   (changes: one commit sorted; paths: pages and branches; facts; result)
    identities   raw identities through the mailmap to people and tools   (globs)
    duplicates   picks, rebased twins and reverts
    credit       contributions, by the rules below   (exclusions: what earned nothing)
    past         texts of earlier versions of charters
    notices      what a reader of the credit must know   (about: which commits and paths)

`remote` stands by itself: where the repository is on the web, and its default branch.

Rules, beside those of `CreditRules`:

- Who adds a page wrote it; where two branches add it, both did. Who changes its text later maintained it. A co-author has
  equal presence: co-wrote with the commit that adds the page, maintained with any other.
- A commit that only moves a page, or changes its permissions, earns nothing and is listed; nor does it renew the page.
- Merges earn nothing, also where the merge itself changed a page; a page that only a merge made has no writer, and a
  notice says so. The committer has no role.
- Dates after the day of the build, or before 1980, are flagged and replaced: see `Contribution.date`.
- What a small push can make expensive has a limit (texts to compare, helpers, picks, globs); a notice names what it met.
- A page deleted and put back with the same text keeps its people; with another text it is new, and a notice says so.
- A change picked to another branch counts once for each page and person. A reverted commit stays, flagged and linked.
- Bots and AI keep their contributions, marked as tools, so that the ledger is complete and nobody takes them for people.
- Pages are followed from outside the given paths too: their earlier people come with them.
"""

from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.notices import CODES
from knowledge_garden.history.past import read_texts
from knowledge_garden.history.read import read_history
from knowledge_garden.history.remote import Remote, read_remote
from knowledge_garden.history.repository import find_repository, store_folder

__all__ = [
    "CODES",
    "HistoryError",
    "Remote",
    "find_repository",
    "read_history",
    "read_remote",
    "read_texts",
    "store_folder",
]
