#include "pipeline/train_postures.hpp"

#include "numeric/random.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace matfit {

namespace {

std::size_t class_of(Posture posture) {
  return static_cast<std::size_t>(std::find(model_postures.begin(), model_postures.end(), posture) -
                                  model_postures.begin());
}

// Logits of varied maps, one a column of the matrix that they become, and their true classes.
struct HeldOutLogits {
  std::vector<Eigen::VectorXd> logits;
  std::vector<int> classes;

  void add(Eigen::VectorXd answer, int truth) {
    logits.push_back(std::move(answer));
    classes.push_back(truth);
  }
};

// A held-out person's row, and the answers to all variants of their maps, for the temperatures.
struct Fold {
  HeldOutRow row;
  HeldOutLogits posture;
  HeldOutLogits upright;
};

bool head_end_right(const PostureModel& model, const LabelledMap& map) {
  return model.upright_log_odds(map.pressure, map.geometry) >
         model.upright_log_odds(map.pressure.reverse().eval(), map.geometry);
}

Fold fold_without(const PostureCorpus& corpus, const std::string& subject,
                  const TrainPosturesOptions& options) {
  const PostureModel model = model_without(corpus, {subject}, options);
  Fold fold;
  fold.row.subject_id = subject;
  for (const TrainingSample& sample : corpus.samples) {
    if (sample.synthetic || sample.subject_id != subject) continue;
    const PostureProbabilities p = model.predict(sample.map.pressure, sample.map.geometry);
    const auto answer =
        class_of(static_cast<Posture>(std::max_element(p.begin(), p.end()) - p.begin()));
    const std::size_t truth = class_of(sample.map.posture);
    ++fold.row.maps;
    ++fold.row.confusion[truth][answer];
    if (answer == truth) ++fold.row.right;
    if (head_end_right(model, sample.map)) ++fold.row.head_end_right;
  }
  const TrainingFeatures& features = corpus.features;
  for (std::size_t v = 0; v < features.sample.size(); ++v) {
    const TrainingSample& sample = corpus.samples[features.sample[v]];
    if (sample.synthetic || sample.subject_id != subject) continue;
    const auto column = static_cast<Eigen::Index>(v);
    fold.posture.add(model.posture_networks().logits(features.upright.col(column)),
                     features.posture_class[v]);
    fold.upright.add(model.upright_networks().logits(features.upright.col(column)), 1);
    fold.upright.add(model.upright_networks().logits(features.not_upright.col(column)), 0);
  }
  return fold;
}

std::vector<Fold> folds_of(const PostureCorpus& corpus, const TrainPosturesOptions& options) {
  std::vector<Fold> folds(corpus.subjects.size());
  for_each_in_parallel(
      folds.size(), options.samples.jobs, "leaving one person out", options.samples.progress,
      [&](std::size_t i) { folds[i] = fold_without(corpus, corpus.subjects[i], options); });
  return folds;
}

// From the variants, which look as other mats and mattresses would: held-out people on the very mat
// of the training would make the model too sure of itself elsewhere.
double temperature_of(const std::vector<Fold>& folds, HeldOutLogits Fold::*question) {
  std::vector<int> classes;
  std::vector<Eigen::VectorXd> answers;
  for (const Fold& fold : folds) {
    const HeldOutLogits& held_out = fold.*question;
    classes.insert(classes.end(), held_out.classes.begin(), held_out.classes.end());
    answers.insert(answers.end(), held_out.logits.begin(), held_out.logits.end());
  }
  Eigen::MatrixXd logits(answers.front().size(), static_cast<Eigen::Index>(answers.size()));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    logits.col(static_cast<Eigen::Index>(i)) = answers[i];
  }
  return fitted_temperature(logits, classes);
}

Provenance provenance_of(const PostureCorpus& corpus, const TrainedPostures& trained,
                         const TrainPosturesOptions& options, const Temperatures& temperatures) {
  std::array<std::size_t, 4> maps{};
  for (const TrainingSample& s : corpus.samples) {
    if (!s.synthetic) ++maps[class_of(s.map.posture)];
  }
  Provenance out = {
      {"made_by", "matfit train"},
      {"command", options.command},
      {"data", options.data.empty() ? "not stated" : options.data},
      {"seed", std::to_string(options.seed)},
      {"people", fmt::format("{}", fmt::join(corpus.subjects, " "))},
      {"excluded_people", options.exclude_subjects.empty()
                              ? "none"
                              : fmt::format("{}", fmt::join(options.exclude_subjects, " "))},
      {"real_maps", fmt::format("{} (supine {}, prone {}, left {}, right {})", trained.real_maps,
                                maps[0], maps[1], maps[2], maps[3])},
      {"synthetic_maps", std::to_string(trained.synthetic_maps)},
      {"holds", "network weights; no recording and no map of a person"},
  };
  if (trained.held_out.empty()) return out;
  out.emplace_back("split", "one person left out at a time; synthetic sleepers always in training");
  std::size_t total = 0;
  std::size_t right = 0;
  std::size_t head = 0;
  for (const HeldOutRow& row : trained.held_out) {
    total += row.maps;
    right += row.right;
    head += row.head_end_right;
    out.emplace_back(
        "held_out." + row.subject_id,
        fmt::format("posture {} of {} maps, head end {}", row.right, row.maps, row.head_end_right));
  }
  out.emplace_back(
      "held_out",
      fmt::format("posture {} of {} maps ({:.2f} %), head end {}", right, total,
                  100.0 * static_cast<double>(right) / static_cast<double>(total), head));
  out.emplace_back("temperatures",
                   fmt::format("posture {:.3f}, head end {:.3f}, from varied maps of the people "
                               "left out",
                               temperatures.posture, temperatures.upright));
  return out;
}

}  // namespace

void TrainPosturesOptions::use_seed(std::uint64_t value) {
  seed = value;
  training.seed = value;
  training.posture.seed = derived_seed(value, 1);
  training.upright.seed = derived_seed(value, 2);
}

PostureCorpus posture_corpus(const std::vector<StudyEntry>& entries,
                             const CalibrationKnowledge& known,
                             const TrainPosturesOptions& options) {
  std::vector<StudyEntry> wanted;
  for (const StudyEntry& e : entries) {
    const auto& excluded = options.exclude_subjects;
    if (std::find(excluded.begin(), excluded.end(), person_of(e)) == excluded.end()) {
      wanted.push_back(e);
    }
  }
  PostureSamples real = posture_samples(wanted, known, options.samples);
  PostureCorpus corpus;
  corpus.unlabelled = std::move(real.unlabelled);
  corpus.failures = std::move(real.failures);
  corpus.samples = std::move(real.samples);
  if (corpus.samples.empty()) {
    throw UsageError(
        "no recording gives a labelled map; fill the column posture of recordings.csv or "
        "/labels/posture");
  }
  std::set<std::string> subjects;
  for (const TrainingSample& s : corpus.samples) subjects.insert(s.subject_id);
  corpus.subjects.assign(subjects.begin(), subjects.end());
  std::vector<TrainingSample> made =
      synthetic_posture_samples(options.synthetic, options.seed, options.samples);
  std::move(made.begin(), made.end(), std::back_inserter(corpus.samples));
  corpus.features = training_features(corpus.samples, options.training);
  return corpus;
}

PostureModel model_without(const PostureCorpus& corpus, const std::vector<std::string>& held_out,
                           const TrainPosturesOptions& options, const Temperatures& temperatures) {
  std::vector<char> use;
  for (const TrainingSample& s : corpus.samples) {
    use.push_back(s.synthetic ||
                  std::find(held_out.begin(), held_out.end(), s.subject_id) == held_out.end());
  }
  return train_posture_model(corpus.samples, corpus.features, use, options.training, {},
                             temperatures);
}

TrainedPostures train_postures(const std::vector<StudyEntry>& entries,
                               const CalibrationKnowledge& known,
                               const TrainPosturesOptions& options) {
  const PostureCorpus corpus = posture_corpus(entries, known, options);
  TrainedPostures trained;
  trained.unlabelled = corpus.unlabelled;
  trained.failures = corpus.failures;
  for (const TrainingSample& s : corpus.samples) {
    ++(s.synthetic ? trained.synthetic_maps : trained.real_maps);
  }
  Temperatures temperatures;
  if (options.leave_one_subject_out && corpus.subjects.size() > 1) {
    const std::vector<Fold> folds = folds_of(corpus, options);
    for (const Fold& f : folds) trained.held_out.push_back(f.row);
    temperatures.posture = temperature_of(folds, &Fold::posture);
    temperatures.upright = temperature_of(folds, &Fold::upright);
  }
  const PostureModel model = model_without(corpus, {}, options, temperatures);
  trained.model = {model.registration(), model.posture_networks(), model.upright_networks(),
                   provenance_of(corpus, trained, options, temperatures)};
  return trained;
}

}  // namespace matfit
