#include "stages/score/intake.hpp"

#include "stages/score/plain_words.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace matfit {

namespace {

bool begins_with(std::string_view text, std::string_view phrase) {
  return phrase_place(text, phrase) == std::size_t{0};
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

// The statements of one field, as written, without blanks at their ends.
std::vector<std::string> statements(const std::string& field, const Guidance& guidance) {
  std::vector<std::string> parts(1);
  std::string word;
  const auto end_word = [&] {
    const std::string plain = plain_words(word);
    const bool breaks =
        std::find(guidance.breaks.begin(), guidance.breaks.end(), plain) != guidance.breaks.end();
    if (breaks) {
      parts.emplace_back();
    } else {
      if (!parts.back().empty() && !word.empty()) parts.back() += ' ';
      parts.back() += word;
    }
    word.clear();
  };
  for (const char c : field) {
    const bool separator = c == ';' || c == ',' || c == '\n' || c == '.';
    if (separator || c == ' ' || c == '\t' || c == '\r') {
      end_word();
      if (separator) parts.emplace_back();
    } else {
      word += c;
    }
  }
  end_word();
  return parts;
}

// One statement with the phrases that count in it.
class Statement {
 public:
  Statement(std::string_view plain, const Guidance& guidance) : plain_(plain) {
    for (const std::string& each : guidance.negations) {
      if (begins_with(plain_, each)) negation_ = each;
    }
  }

  bool negated() const { return !negation_.empty(); }

  bool holds(std::string_view phrase) const {
    return phrase_place(plain_, phrase) && (!negated() || begins_with(phrase, negation_));
  }
  bool mentions(std::string_view phrase) const { return phrase_place(plain_, phrase).has_value(); }

  // Ids of the vocabulary; a phrase within a longer one does not count.
  std::vector<std::string> ids_in(const std::vector<Vocabulary>& vocabulary) const {
    std::vector<std::pair<std::string_view, std::string>> found;
    for (const Vocabulary& entry : vocabulary) {
      for (const std::string& phrase : entry.phrases) {
        if (holds(phrase)) found.emplace_back(phrase, entry.id);
      }
    }
    std::vector<std::string> ids;
    for (const auto& [phrase, id] : found) {
      const bool within = std::any_of(found.begin(), found.end(), [&p = phrase](const auto& other) {
        return other.first.size() > p.size() && phrase_place(other.first, p);
      });
      if (!within) ids.push_back(id);
    }
    return ids;
  }

 private:
  std::string_view plain_;
  std::string_view negation_;
};

struct FieldReading {
  const std::vector<Vocabulary>* vocabulary;
  std::set<std::string>* into;
};

void read_statement(const std::string& words, const std::vector<FieldReading>& readings,
                    const Guidance& guidance, Intake& intake) {
  const std::string plain = plain_words(words);
  if (plain.empty()) return;
  if (std::find(guidance.nothing.begin(), guidance.nothing.end(), plain) !=
      guidance.nothing.end()) {
    return;
  }
  const Statement statement(plain, guidance);
  bool understood = false;
  bool mentioned = false;
  for (const RedFlag& flag : guidance.red_flags) {
    for (const std::string& phrase : flag.phrases) {
      mentioned = mentioned || statement.mentions(phrase);
      if (!statement.holds(phrase)) continue;
      understood = true;
      intake.red_flags.insert(flag.sentence.id);
      add_once(intake.raised_by, words);
    }
  }
  for (const FieldReading& reading : readings) {
    for (const std::string& id : statement.ids_in(*reading.vocabulary)) {
      understood = true;
      reading.into->insert(id);
    }
    for (const Vocabulary& entry : *reading.vocabulary) {
      for (const std::string& phrase : entry.phrases) {
        mentioned = mentioned || statement.mentions(phrase);
      }
    }
  }
  if (understood) return;
  add_once(statement.negated() && mentioned ? intake.read_as_absent : intake.not_understood, words);
}

}  // namespace

Intake read_intake(const Subject& subject, const Guidance& guidance) {
  Intake intake;
  const FieldReading sites{&guidance.pain_sites, &intake.pain_sites};
  const FieldReading patterns{&guidance.pain_patterns, &intake.pain_patterns};
  const FieldReading stated{&guidance.stated, &intake.stated};
  const auto read_field = [&](const std::string& field, const std::vector<FieldReading>& readings) {
    for (const std::string& words : statements(field, guidance)) {
      read_statement(words, readings, guidance, intake);
    }
  };
  for (const std::string& site : subject.pain_sites) {
    const std::size_t before = intake.pain_sites.size();
    read_field(site, {sites, patterns});
    if (intake.pain_sites.size() == before) continue;
    for (const RedFlag& flag : guidance.red_flags) {
      for (const std::string& id : flag.pain_sites) {
        if (!intake.pain_sites.contains(id)) continue;
        intake.red_flags.insert(flag.sentence.id);
        add_once(intake.raised_by, site);
      }
    }
  }
  read_field(subject.pain_pattern, {patterns, stated});
  for (const std::string& symptom : subject.symptoms) read_field(symptom, {patterns, stated});
  return intake;
}

}  // namespace matfit
