#pragma once

#include "pipeline/evaluate_repair.hpp"
#include "pipeline/injected_faults.hpp"
#include "pipeline/posture_samples.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// Where a recording belongs in a table: a mattress of an experiment, and a person of it.
struct TrialGroup {
  std::string mats;        // "I", "II Air", "II Sponge"; else the mattress, or the format
  std::string person;      // "I S1"; else the subject, or the recording
  bool chosen_on = false;  // one of the people of PmatData on whom limits of the search were chosen
};

// One fault put into one frame, or into all frames of a moving recording.
struct DefectTrial {
  TrialGroup group;
  std::string recording_id;
  InjectedFault fault;
  bool moving = false;
  bool found = false;
};

// What was found in a recording as it came: its own faults, or false alarms.
struct RecordedDefects {
  TrialGroup group;
  std::string recording_id;
  std::vector<std::string> lines;       // "column 10", "weak row 4", "column 3 from 0 to 31"
  std::vector<std::string> cross_talk;  // "bridged columns 13 to 16", "rows leak 6.2 %", and steps
  std::size_t dead_cells = 0;
  std::size_t hot_cells = 0;
};

// A line of known place, taken out of one frame and repaired.
struct RepairedLine {
  TrialGroup group;
  std::string recording_id;
  RepairTrial trial;
};

struct DefectEvaluation {
  std::vector<RecordedDefects> recorded;  // in the order of the entries
  std::vector<DefectTrial> trials;        // into recordings in which nothing was found
  std::vector<RepairedLine> repaired;     // in the same recordings
  std::vector<std::string> failures;      // "ID: REASON"
};

// How many faults of a kind were found in a group.
struct DefectScore {
  FaultKind kind = FaultKind::dead_column;
  bool moving = false;
  double gain = 0.0;  // of a weak line
  std::string mats;
  bool chosen_on = false;
  std::size_t faults = 0;
  std::size_t found = 0;

  double found_share() const { return static_cast<double>(found) / static_cast<double>(faults); }
};

// How lines of a kind were repaired in a group.
struct RepairedLineScore {
  FaultKind kind = FaultKind::dead_column;
  std::string mats;
  bool chosen_on = false;
  RepairScore repair;
};

struct EvaluateDefectsOptions {
  int faults_per_kind = 2;     // of each kind in each recording, drawn from all places
  int repaired_per_kind = 6;   // lines of each kind in each recording, likewise
  int faults_per_person = 40;  // dead cells in the moving recording of each person and mattress
  std::size_t moving_frames = 24;
  std::uint64_t seed = 1;
  int jobs = 1;
  StepProgress progress;  // called from the workers
};

// Runs the calibration over the entries as they are, then over the middle frame of each with one
// fault after the other put in; moving recordings are made of the middle frames of all recordings
// of one person on one mattress, a minute apart.
DefectEvaluation evaluate_defects(const std::vector<StudyEntry>& entries,
                                  const CalibrationKnowledge& known,
                                  const EvaluateDefectsOptions& options = {});

// By kind and gain, then by group; groups without a fault of the kind are left out.
std::vector<DefectScore> scores_of(const DefectEvaluation& evaluation);
std::vector<RepairedLineScore> repaired_scores_of(const DefectEvaluation& evaluation);

}  // namespace matfit
