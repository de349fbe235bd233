#pragma once

#include "stages/write/phrases.hpp"
#include "stages/write/view.hpp"

#include <string>

namespace matfit {

// A whole page that needs no other file: the template `body_template` of templates/, filled with
// `view`, within the layout. `version`: of the program that made what it shows.
std::string page_text(const std::string& body_template, PageData view, const std::string& version,
                      const Phrases& phrases);

}  // namespace matfit
