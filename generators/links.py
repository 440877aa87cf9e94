"""Where a post leads: the profile's site with campaign tags, and the profile's own name on each platform.

No address and no handle is invented: what the profile does not say is not there. Links carry `utm_` tags only when the
profile names a campaign, so that nobody is counted who was not meant to be.
"""

from __future__ import annotations

import re
import urllib.parse

from content.settings import Profile
from generators.render import Plain

#: Where a link in the text cannot be followed.
_DEAD = frozenset({"instagram"})
#: Platforms that know a name by its @; elsewhere (Facebook, an intranet) a handle is printed as it is.
_AT = frozenset({"x", "bluesky", "mastodon", "threads", "instagram"})
_LINKEDIN_URN = re.compile(r"^urn:li:(?:organization|person):[\w-]+$")


def tagged(profile: Profile, platform: str, content: str = "") -> str:
    """The site with `utm_source`, `utm_medium`, `utm_campaign`, `utm_content` where a campaign is named; '' without a site.

    A query and an anchor that the site has already stay; a `utm_` tag that it has is replaced, never doubled.
    """
    if not profile.site or not profile.campaign:
        return profile.site
    parts = urllib.parse.urlsplit(profile.site)
    given = [(name, value) for name, value in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
             if not name.startswith("utm_")]
    medium = "intranet" if platform == "internal" else "social"
    ours = [("utm_source", platform), ("utm_medium", medium), ("utm_campaign", profile.campaign)]
    if content:
        ours.append(("utm_content", content))
    return urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode([*given, *ours])))


def printed(profile: Profile, platform: str, content: str = "") -> Plain | None:
    """The link as the post prints it; None where there is none or none can be followed.

    Bluesky counts every character of a link, so its post prints the address without tags, and the facet carries them.
    """
    if not profile.site or platform in _DEAD:
        return None
    return Plain(shown(profile) if platform == "bluesky" else tagged(profile, platform, content))


def shown(profile: Profile) -> str:
    """The site as it is printed where a facet carries the whole address."""
    parts = urllib.parse.urlsplit(profile.site)
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def handle(profile: Profile, platform: str) -> str:
    """The profile's name on a platform as a post prints it: with its @ where the platform wants one; '' when unknown."""
    given = profile.handles.get(platform, "").strip()
    if platform == "linkedin" and given:
        # The name of a page in its address ("street-bread") is no name for a reader.
        return profile.company or ("" if _LINKEDIN_URN.match(given) else given)
    return f"@{given.lstrip('@')}" if given and platform in _AT else given


def linkedin_mention(profile: Profile) -> tuple[str, str] | None:
    """What the post prints and what LinkedIn's API wants instead, where the handle is a URN and the company named."""
    given = profile.handles.get("linkedin", "").strip()
    if not _LINKEDIN_URN.match(given) or not profile.company:
        return None
    return profile.company, f"@[{profile.company}]({given})"
