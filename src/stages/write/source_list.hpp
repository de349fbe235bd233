#pragma once

#include "stages/write/view.hpp"

#include <string>
#include <vector>

namespace matfit {

// The sources and evidence grades that a page's advice rests on, each listed once at its end and
// cited by number.
class SourceList {
 public:
  // Cites what stands in `sources`, separated by "; ": "1, 3". Empty for none.
  std::string cite(const std::string& sources);
  // Notes "D (meaning)" and gives the letter alone.
  std::string grade(const std::string& evidence);

  PageData view() const;

 private:
  std::vector<std::string> sources_;
  std::vector<std::string> grades_;
};

// The advice of several recordings, each rule once. Where a rule says something else of each
// mattress, every text stands with the mattress that it means.
PageList advice_view(const std::vector<const RecordingResult*>& recordings,
                     std::vector<Advice> RecordingResult::*advice, SourceList& sources,
                     const Phrases& phrases);

}  // namespace matfit
