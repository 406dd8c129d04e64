"""Lines of a page that are not the story: what sites say about themselves, and what they ask readers to do."""

# ruff: noqa: RUF001 - words of many languages, so letters of many alphabets

import re

_LONGEST_FURNITURE = 200
_FURNITURE = re.compile(
    r"""
    \b(gdpr|privacy\ (policy|settings|notice)|terms\ of\ (use|service)|all\ rights\ reserved)\b
    | \b(we|us|our|wir|nous|site|website|accept|manage|akzeptieren|accepter|aceptar)\b .{0,60} \bcookies\b
    | \b(sign\ up|subscribe|get|receive|join|abonnieren|inscrivez-vous|підпишіться)\b .* \b(newsletter|розсилк\w+)\b
    | \bnewsletter\W*$ | ^we\ (value|respect)\ your\ privacy
    | ^(sign\ up|subscribe|log\ in|sign\ in|follow\ us|share\ (this|on|via)|print\ this|listen\ to\ this)\b
    | ^(jetzt\ abonnieren|artikel\ (teilen|drucken|anhören)|folgen\ sie\ uns)\b | ^(teilen|anmelden|abonnieren)\W*$
    | ^(abonnez-vous|partager|s['’]inscrire|suscríbete|compartir|iscriviti|condividi|assine|partilhar|abonneer)\b
    | ^(підпис(атися|уйтеся|уйтесь)|поділитися|подпис(аться|ывайтесь)|поделиться|zapisz\ się|udostępnij)\b
    | ^(advertisement|sponsored|promoted|anzeige|werbung|publicité|publicidad|pubblicità|реклама|reklama)\b[^.]*$
    | ^(skip\ to|jump\ to|back\ to\ top|continue\ reading|click\ here|download\ (the|our)\ app|most\ read|trending)\b
    | ^(photo|image|picture|photograph|video|watch|listen|foto|bild|photo\ credit|фото|відео|видео)\s*[:|/]
    | ^(©|\(c\)|copyright)\b | © \s* \d{4}
    | ^(published|(last\ )?updated|posted|aktualisiert|veröffentlicht|stand|publié|mis\ à\ jour|publicado|actualizado
        |pubblicato|aggiornato|опубліковано|оновлено|опубликовано|обновлено)\b
        (\s+(on|at|am|um|le|el|il))? \s*:?\s* (\w+,\s+)?(\w+\.?\s+)? \d{1,4} [^!?]{0,40}$
    | ^\d+\s*(min(ute)?s?\.?\s+read|min\.?\s+lesezeit|min\s+de\s+lecture|хв\s+читання|comments?|shares?)\W*$
    | ^(reporting|editing|additional\ reporting|edited|written)\ by\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(r"^(by|von|par|por|di|da|door|від|автор(?:ка)?:?|od|text:|autor(?:in)?:)\s+", re.IGNORECASE)
_DATELINE_ONLY = re.compile(r"^\W*(\w+,?\s+)?\d{1,2}\.?\s+\w+\.?,?\s+\d{4}(,?\s+\d{1,2}[:.]\d{2}.*)?\W*$")
_LONGEST_BYLINE = 90
_INVITATION = re.compile(
    r"""
    \b(share|leave|post|add|send|give)\b .{0,20} \b(your|a|us)\b .{0,20} \b(thoughts?|views?|opinions?|comments?)\b
    | \b(let\ us\ know|tell\ us\ what\ you\ think|join\ the\ (discussion|conversation|debate)|have\ your\ say)\b
    | \b((tell|write\ to)\ us\ below|in\ the\ comments|comments?\ (section|below))\b
    | ^(and\ )?what\ (do|are)\ you(r)?\ (think|say|make\ of\ (it|this)|thoughts|views?)\b | ^do\ you\ agree\W*$
    | \b(schreiben|sagen|teilen)\ sie\ (es\ )?uns\b | \bin\ den\ kommentaren\b
    | \b(diskutieren|kommentieren)\ sie\b
    | ^(und\ )?was\ (meinen|denken|sagen)\ sie\W*$
    | ^(und\ )?was\ (meint|denkt|sagt)\ ihr\W*$ | ^wie\ sehen\ sie\ das\W*$
    | \b(dites-nous|donnez\ votre\ avis|réagissez|dans\ les\ commentaires|partagez\ votre\ avis)\b
    | ^(et\ vous,?\ )?qu['’]en\ pensez-vous\W*$ | ^¿?\W*(y\ usted,\ )?qué\ (opina|opinas|piensa|piensas)(\ usted)?\W*$
    | \b(en\ los\ comentarios|déjenos|cuéntanos|cuéntenos|comparta\ su\ opinión|comparte\ tu\ opinión)\b
    | \b(nei\ commenti|nos\ comentários|in\ de\ reacties|diteci|scrivete(ci)?|deixe\ o\ seu\ comentário)\b
    | ^(e\ voi\ )?che\ cosa\ ne\ pensate\W*$ | ^cosa\ ne\ pensate\W*$ | ^o\ que\ acha\W*$ | ^wat\ vindt\ u\W*$
    | \b(у\ коментарях|в\ коментарях|поділіться|напишіть\ нам|діліться)\b
    | ^(а\ )?(що|як)\ (ви|ти)\ (думає|вважає)\w+\W*$ | ^(а\ )?(що|як)\ (думає|вважає)\w+\ (ви|ти)\W*$
    | \b(в\ комментариях|поделитесь|напишите\ нам)\b | ^(а\ )?(что|как)\ вы\ (думаете|считаете)\W*$
    | \bw\ komentarzach\b | \bpodziel\ się\b | ^co\ (sądzisz|myślisz|państwo\ sądzą)\b | 评论区 | 留言 | コメント欄
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_INVITATION = 160


def is_furniture(text: str) -> bool:
    """Whether a line is a site's own: a cookie notice, a newsletter's offer, a byline, a date, a credit."""
    if not any(char.isalnum() for char in text):
        return True
    return _is_byline(text) or (len(text) <= _LONGEST_FURNITURE and bool(_FURNITURE.search(text)))


def _is_byline(text: str) -> bool:
    if len(text) > _LONGEST_BYLINE or text.endswith((".", "!", "?")):
        return False
    if _DATELINE_ONLY.match(text):
        return True
    credit = _CREDIT.match(text)
    return credit is not None and text[credit.end() : credit.end() + 1].isupper()


def is_invitation(text: str) -> bool:
    """Whether a sentence only asks readers to speak up ("Share your thoughts below", "What do you think?")."""
    return len(text) <= _LONGEST_INVITATION and bool(_INVITATION.search(text))
