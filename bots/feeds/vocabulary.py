"""How newsrooms name the parts of a story, in eleven languages and a few words of three more.

Lower case, without punctuation, one wording after another between commas; a new wording is one more word here.
"""

# ruff: noqa: RUF001 - words of many languages, so letters of many alphabets

from enum import StrEnum


class Section(StrEnum):
    FACTS = "facts"
    DISPUTED = "disputed"
    NEXT = "next"
    STORY = "story"
    MORE = "more"
    OFFICIAL = "official"
    RELATED = "related"
    QUESTION = "question"
    """Words that introduce the question to readers."""


_WORDINGS = {
    Section.FACTS: """
        key facts, key points, key developments, key takeaways, main points, the facts, facts, at a glance,
        what we know, what is known, what's known, what is confirmed, what has been confirmed, confirmed,
        what happened, in brief, in short, the latest, the essentials, what you need to know, highlights,
        was wir wissen, was bekannt ist, was man weiß, das wissen wir, was bisher bekannt ist, die fakten, fakten,
        das wichtigste in kürze, das wichtigste, auf einen blick, gesichert ist, bestätigt, kurz zusammengefasst,
        ce que l'on sait, ce qu'on sait, ce que nous savons, l'essentiel, les faits, les points clés, à retenir,
        lo que sabemos, lo que se sabe, qué se sabe, datos clave, puntos clave, claves, las claves, los hechos,
        cosa sappiamo, quello che sappiamo, che cosa si sa, i fatti, punti chiave, in sintesi, i punti chiave,
        o que sabemos, o que se sabe, pontos-chave, os factos, os fatos, em resumo, principais pontos,
        wat we weten, dit weten we, de feiten, kernpunten, in het kort, wat bekend is, belangrijkste punten,
        що відомо, що ми знаємо, головне, ключові факти, коротко, факти, що сталося, підтверджено, что известно,
        что мы знаем, главное, ключевые факты, коротко о главном, факты, подтверждено, co wiemy, co wiadomo,
        najważniejsze fakty, kluczowe fakty, w skrócie, fakty, najważniejsze, 要点, 关键事实, 已知情况, ポイント,
        わかっていること, 핵심 내용
    """,
    Section.DISPUTED: """
        what is disputed, what's disputed, disputed, in dispute, what remains disputed, competing claims,
        what we don't know, what we do not know, what is not known, what isn't known, what is unknown,
        what we still don't know, what remains unclear, what is unclear, still unclear, unclear, open questions,
        unverified, not verified, unconfirmed, not confirmed, not yet confirmed, what is not confirmed, unknown,
        unanswered questions, what has not been confirmed, what could not be verified, not independently verified,
        was wir nicht wissen, was unklar ist, was noch unklar ist, was umstritten ist, umstritten, unklar,
        was nicht bekannt ist, offene fragen, unbestätigt, nicht bestätigt, strittig, was strittig ist,
        ce que l'on ne sait pas, ce qu'on ne sait pas, ce que nous ne savons pas, ce qui est contesté, contesté,
        ce qui reste flou, non vérifié, non confirmé, les zones d'ombre, ce que l'on ignore, lo que no sabemos,
        lo que no se sabe, lo que se desconoce, en disputa, sin confirmar, sin verificar, cosa non sappiamo,
        che cosa non si sa, non confermato, non verificato, controverso, ancora da chiarire, o que não sabemos,
        o que não se sabe, o que falta saber, não confirmado, por confirmar, em disputa, wat we niet weten,
        wat nog niet bekend is, onduidelijk, niet bevestigd, omstreden, open vragen, що невідомо,
        чого ми не знаємо, що досі невідомо, не підтверджено, спірне, суперечливе, під питанням, что неизвестно,
        чего мы не знаем, не подтверждено, спорное, что оспаривается, что остаётся неясным, czego nie wiemy,
        czego nie wiadomo, niepotwierdzone, sporne, co jest sporne, co pozostaje niejasne, 争议, 未证实,
        尚不清楚, 未確認, わかっていないこと, 확인되지 않은 내용
    """,
    Section.NEXT: """
        what happens next, what's next, what is next, what comes next, next steps, next, what to watch,
        looking ahead, what to expect, the next steps, what now, outlook, what will happen next,
        wie es weitergeht, wie geht es weiter, so geht es weiter, nächste schritte, ausblick, was jetzt kommt,
        et maintenant, la suite, prochaines étapes, les prochaines étapes, ce qui va suivre, à suivre,
        qué viene ahora, qué pasará ahora, próximos pasos, qué sigue, lo que viene, y ahora qué, cosa succede ora,
        che cosa succede ora, prossimi passi, i prossimi passi, e adesso, o que acontece a seguir,
        próximos passos, e agora, o que vem a seguir, o que se segue, hoe nu verder, hoe gaat het verder,
        volgende stappen, wat gebeurt er nu, vooruitblik, що далі, що буде далі, наступні кроки, подальші кроки,
        чого очікувати, что дальше, что будет дальше, следующие шаги, дальнейшие шаги, чего ожидать, co dalej,
        następne kroki, kolejne kroki, co będzie dalej, czego się spodziewać, 接下来, 下一步,
        今後の見通し, 今後, 앞으로의 전망
    """,
    Section.STORY: """
        read the full story, full story, read the full article, full article, original article,
        zum ganzen artikel, ganzer artikel, den ganzen artikel lesen, lire l'article complet, article complet,
        leer el artículo completo, artículo completo, leggi l'articolo completo, ler o artigo completo,
        lees het hele artikel, повна версія, читати повністю, повний текст, полная версия, cały artykuł
    """,
    Section.MORE: """
        read more, more on this story, more coverage, our coverage, more from our coverage, further reading,
        further coverage, live coverage, follow our coverage, more on this, more reporting, read our coverage,
        mehr zum thema, mehr dazu, weiterlesen, lesen sie mehr, lesen sie auch, weitere berichte, mehr lesen,
        lire plus, lire la suite, en savoir plus, notre couverture, plus sur ce sujet, leer más, más información,
        más sobre este tema, nuestra cobertura, leggi di più, approfondimenti, ler mais, mais sobre o tema,
        leia mais, saiba mais, lees meer, meer over dit onderwerp, читати далі, докладніше, більше за темою,
        читайте більше, детальніше, читать далее, подробнее, czytaj więcej, więcej na ten temat, więcej, 更多报道,
        続きを読む, 더 보기
    """,
    Section.OFFICIAL: """
        official statements, official statement, official sources, official documents, statements,
        in their own words, official information, official responses, offizielle stellungnahmen,
        offizielle erklärungen, stellungnahmen, offizielle quellen, amtliche mitteilungen,
        déclarations officielles, communiqués officiels, sources officielles, declaraciones oficiales,
        comunicados oficiales, fuentes oficiales, dichiarazioni ufficiali, fonti ufficiali, declarações oficiais,
        comunicados oficiais, fontes oficiais, officiële verklaringen, officiële bronnen, офіційні заяви,
        офіційні повідомлення, офіційні джерела, офіційно, официальные заявления, официально,
        oficjalne oświadczenia, oficjalne komunikaty, oficjalne źródła, 官方声明, 公式発表, 공식 성명
    """,
    Section.RELATED: """
        related, related stories, related articles, related coverage, related links, related topics, see also,
        you may also like, you might also like, also read, read also, background, recommended,
        recommended stories, verwandte artikel, ähnliche artikel, auch interessant, siehe auch, hintergrund,
        das könnte sie auch interessieren, à lire aussi, lire aussi, articles liés, sur le même sujet, voir aussi,
        noticias relacionadas, relacionado, artículos relacionados, ver también, leggi anche, articoli correlati,
        vedi anche, leia também, artigos relacionados, lees ook, gerelateerd, gerelateerde artikelen,
        читайте також, за темою, пов'язані новини, читайте также, по теме, похожие статьи, czytaj też,
        czytaj także, zobacz też, powiązane artykuły, 相关报道, 相关阅读, 関連記事, 관련 기사
    """,
    Section.QUESTION: """
        question for readers, question to readers, our question to readers, our question, reader poll, poll,
        question of the day, have your say, your view, your opinion, over to you, join the debate, the question,
        frage an die leser, frage an unsere leser, unsere frage, umfrage, ihre meinung, frage des tages,
        question aux lecteurs, la question, votre avis, sondage, pregunta a los lectores, su opinión, encuesta,
        domanda ai lettori, sondaggio, la vostra opinione, pergunta aos leitores, a sua opinião, enquete,
        vraag aan de lezers, peiling, uw mening, питання до читачів, запитання до читачів, опитування, ваша думка,
        вопрос читателям, опрос, ваше мнение, pytanie do czytelników, sonda, twoja opinia, 投票, アンケート
    """,
}

WORDINGS: dict[Section, tuple[str, ...]] = {
    section: tuple(" ".join(wording.split()) for wording in wordings.split(","))
    for section, wordings in _WORDINGS.items()
}

_NEGATIONS = """
    don't, not, doesn't, isn't, unknown, unclear, nicht, unklar, pas, ignore, no, desconoce, non, não, niet, nie,
    не, ні, невідомо, неизвестно
"""
NEGATIONS = frozenset(word.strip() for word in _NEGATIONS.split(","))
"""A heading of facts that goes on with one of these covers both, and its items cannot be told apart."""
