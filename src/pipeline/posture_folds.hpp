#pragma once

#include "pipeline/train_postures.hpp"
#include "stages/classify/posture_model.hpp"
#include "stages/classify/train_posture_model.hpp"

#include <Eigen/Core>

#include <map>
#include <string>
#include <vector>

namespace matfit {

// Answers to maps with their true classes; logits up to a constant.
struct HeldOutAnswers {
  std::vector<Eigen::VectorXd> logits;
  std::vector<int> classes;

  void add(Eigen::VectorXd answer, int truth);
};

// A model that has seen everybody of a corpus but one person, and its answers about that person.
struct PostureFold {
  PostureModel model;  // temperatures of 1
  HeldOutRow row;
  // To their recordings as other mats would show them: on the very mat of the training a model is
  // less often wrong, and would become too sure of itself elsewhere.
  HeldOutAnswers posture;
  HeldOutAnswers upright;
};

// One a person of the corpus, in their order.
std::vector<PostureFold> posture_folds(const PostureCorpus& corpus,
                                       const TrainPosturesOptions& options);

// The temperatures that fit the folds' answers best; 1 where there is none.
Temperatures temperatures_of(const std::vector<const PostureFold*>& folds);

// One model per person of the folds, trained on the others of them; its temperatures come from the
// other people's folds.
std::map<std::string, PostureModel> models_leaving_one_out(const std::vector<PostureFold>& folds);
std::map<std::string, PostureModel> models_leaving_one_out(const PostureCorpus& corpus,
                                                           const TrainPosturesOptions& options);

}  // namespace matfit
