#pragma once

#include "stages/score/guidance.hpp"
#include "types/subject.hpp"

#include <set>
#include <string>
#include <vector>

namespace matfit {

// What a person stated, in the guidance's ids.
struct Intake {
  std::set<std::string> pain_sites;
  std::set<std::string> pain_patterns;
  std::set<std::string> stated;
  std::set<std::string> red_flags;
  std::vector<std::string> raised_by;       // the person's words behind the red flags
  std::vector<std::string> not_understood;  // the person's words
  std::vector<std::string> read_as_absent;  // the person's words
};

// Reads pain sites, pain pattern and symptoms. Red flags are looked for in all three.
Intake read_intake(const Subject& subject, const Guidance& guidance);

}  // namespace matfit
