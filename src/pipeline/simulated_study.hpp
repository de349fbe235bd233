#pragma once

#include "synthetic/study_plan.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>

namespace matfit {

// Called after each recording with the number done; may be empty.
using SimulationProgress = std::function<void(std::size_t done, std::size_t total)>;

// Writes the study folder of a plan (contract): recordings.csv, subjects.csv, mattresses.csv, a
// curve file for each mattress, and for each recording ID.h5 with its truth ID.truth.json. The same
// plan gives the same bytes. Throws UsageError where the folder holds anything already or cannot be
// written.
void write_simulated_study(const StudyPlan& plan, const std::filesystem::path& folder,
                           const SimulationProgress& progress = nullptr);

}  // namespace matfit
