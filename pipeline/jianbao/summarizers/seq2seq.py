"""Abstracts by a language model of your choice, sequence-to-sequence or causal, behind the same lock.

Whatever the model writes is split into sentences, each is tied to the segments it rests on and must pass the lock.
A section of which no sentence passes gets the default method's abstract.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jianbao.abstract_lock import violations
from jianbao.document import Abstract, AbstractSentence, Metadata
from jianbao.errors import ModelError
from jianbao.glossary import Glossary
from jianbao.summarizers import BriefWriter, SectionText, Summarizer
from jianbao.summarizers import faithful as default
from jianbao.summarizers._evidence import Evidence, evidence_of
from jianbao.summarizers._shorten import closed, is_sentence

MOST_SENTENCES = 3
MOST_NEW_TOKENS = 160
MOST_EVIDENCE = 3
"""Segments that one sentence may rest on."""

INSTRUCTION = (
    "Write a two-sentence English abstract of this section of a Chinese government report. Keep every figure exactly "
    "as it stands, add nothing, and answer with the abstract only.\n\nSection: {heading}\n\n{text}\n\nAbstract:"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])")


class LanguageModel:
    """A model and its tokenizer from transformers, which is imported here and not before."""

    def __init__(self, name: str, device: str = "cpu") -> None:
        """Load ``name``, a directory or a hub id.

        Raises:
            ModelError: it is not there, cannot be reached, or is of no kind that writes text.
        """
        try:
            from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer
        except ImportError as error:
            raise ModelError(
                "the seq2seq summarizer needs transformers and torch; run: pip install torch transformers"
            ) from error
        try:
            config = AutoConfig.from_pretrained(name)
            self._two_sided = bool(config.is_encoder_decoder)
            kind = AutoModelForSeq2SeqLM if self._two_sided else AutoModelForCausalLM
            self._tokenizer: Any = AutoTokenizer.from_pretrained(name)
            self._model: Any = kind.from_pretrained(name).eval().to(device)
        except (
            Exception
        ) as error:  # transformers raises OSError, ValueError, KeyError, ... by what is missing
            raise ModelError(_advice(name)) from error

    def write(self, heading: str, text: str) -> str:
        """The model's abstract of ``text``, by greedy search."""
        prompt = text if self._two_sided else self._prompt(heading, text)
        inputs = self._tokenizer(
            prompt, return_tensors="pt", truncation=True, max_length=self._room(), return_token_type_ids=False
        ).to(self._model.device)
        output = self._model.generate(
            **inputs, max_new_tokens=MOST_NEW_TOKENS, do_sample=False, num_beams=1, no_repeat_ngram_size=6
        )[0]
        if not self._two_sided:
            output = output[inputs["input_ids"].shape[1] :]
        return str(self._tokenizer.decode(output, skip_special_tokens=True)).strip()

    def _prompt(self, heading: str, text: str) -> str:
        content = INSTRUCTION.format(heading=heading, text=text)
        if not getattr(self._tokenizer, "chat_template", None):
            return content
        message = [{"role": "user", "content": content}]
        return str(self._tokenizer.apply_chat_template(message, tokenize=False, add_generation_prompt=True))

    def _room(self) -> int:
        """Tokens of input that leave room for the output."""
        config = self._model.config
        positions = (
            getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None) or 1024
        )
        return int(min(positions, 4096)) - (0 if self._two_sided else MOST_NEW_TOKENS)


def _advice(name: str) -> str:
    if Path(name).exists():
        return f"{name} holds no model that writes text; give a directory with config, weights and tokenizer"
    return (
        f"the summarizer model {name!r} is neither a directory here nor to be reached on the hub; "
        "download it where there is a network and give its directory, or use abstracts.method = faithful"
    )


class LanguageModelSummarizer:
    """Locks what the model writes; falls back to the default method section by section."""

    def __init__(self, model: LanguageModel, fallback: Summarizer, glossary: Glossary) -> None:
        self._model = model
        self._fallback = fallback
        self._glossary = glossary

    def abstracts(self, sections: Sequence[SectionText]) -> list[Abstract]:
        """The model's abstract of each section where it holds, the default method's where not."""
        safe = self._fallback.abstracts(sections)
        return [self._abstract(part) or abstract for part, abstract in zip(sections, safe, strict=True)]

    def summary(
        self,
        title: str,
        sections: Sequence[SectionText],
        abstracts: Sequence[Abstract],
        *,
        metadata: Metadata | None = None,
    ) -> Abstract:
        """The executive summary, made as the default method makes it from these abstracts."""
        return self._fallback.summary(title, sections, abstracts, metadata=metadata)

    def _abstract(self, part: SectionText) -> Abstract | None:
        evidence = evidence_of(part)
        text = " ".join(e.english for e in evidence if e.english)
        if not text:
            return None
        written = self._model.write(part.section.title, text)
        sentences = tuple(
            locked
            for sentence in _SENTENCE_END.split(written)
            if (locked := lock(closed(sentence), evidence, self._glossary))
        )
        return Abstract(section=part.section.id, sentences=sentences[:MOST_SENTENCES]) if sentences else None


def lock(sentence: str, evidence: Sequence[Evidence], glossary: Glossary) -> AbstractSentence | None:
    """The sentence with the fewest segments that hold it, or None where no ``MOST_EVIDENCE`` of them do."""
    if not is_sentence(sentence):
        return None
    words = set(sentence.lower().split())
    nearest = sorted(evidence, key=lambda e: -len(words & set(e.english.lower().split())))
    for count in range(1, min(MOST_EVIDENCE, len(nearest)) + 1):
        chosen = nearest[:count]
        if not violations(sentence, [(e.source, e.english) for e in chosen], glossary):
            ids = {e.segment for e in chosen}
            return AbstractSentence(
                text=sentence,
                evidence=tuple(e.segment for e in evidence if e.segment in ids),
                method="seq2seq",
            )
    return None


def load(
    translator: BriefWriter, glossary: Glossary, *, model: str = "", device: str = "cpu", **options: object
) -> LanguageModelSummarizer:
    """Load the language model ``model``: a directory or a hub id.

    Raises:
        ModelError: none is named, or it does not load.
    """
    if not model:
        raise ModelError(
            "the seq2seq summarizer needs a model; set abstracts.model to a directory or a hub id"
        )
    fallback = default.load(translator, glossary, **options)
    return LanguageModelSummarizer(LanguageModel(model, device), fallback, glossary)
