#include "cli/spine_agreement_text.hpp"

#include <fmt/format.h>

namespace matfit {

std::string as_text(const std::vector<SpineAgreement>& agreement,
                    const std::vector<SpineDoubtCount>& doubts) {
  std::string text =
      fmt::format("{:<10} {:<7} {:<25} {:>6} {:>5} {:>9} {:>6} {:>5} {:>6} {:>7}\n", "mattress",
                  "what", "metric", "people", "pairs", "rms diff", "sd", "z", "<2 sd", "<sd/2");
  for (const SpineAgreement& a : agreement) {
    text += fmt::format(
        "{:<10} {:<7} {:<25} {:>6} {:>5} {:>9.1f} {:>6.1f} {:>5.2f} {:>6.2f} {:>7.2f}\n",
        a.mattress_id, name_of(a.comparison), a.metric, a.people, a.pairs, a.rms_difference,
        a.median_sd, a.rms_z, a.within_two_sd, a.within_half_sd);
  }
  if (doubts.empty()) return text;
  text += fmt::format("\n{:<10} {:<34}", "mattress", "condition");
  for (const SpineDoubt doubt : all_spine_doubts) text += fmt::format(" {:>22}", name_of(doubt));
  text += fmt::format(" {:>5}\n", "none");
  for (const SpineDoubtCount& d : doubts) {
    text += fmt::format("{:<10} {:<34}", d.mattress_id, d.condition);
    for (std::size_t i = 0; i < all_spine_doubts.size(); ++i) {
      text += fmt::format(" {:>22}", d.recordings[i]);
    }
    text += fmt::format(" {:>5}\n", d.recordings.back());
  }
  return text;
}

}  // namespace matfit
