#include "stages/learn/people_maps.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace matfit {

std::vector<std::string> people_in(const std::vector<PersonMap>& maps) {
  std::set<std::string> people;
  for (const PersonMap& map : maps) people.insert(map.person);
  return {people.begin(), people.end()};
}

std::vector<std::size_t> person_numbers(const std::vector<PersonMap>& maps,
                                        const std::vector<std::string>& people) {
  std::vector<std::size_t> numbers;
  for (const PersonMap& map : maps) {
    const auto at = std::lower_bound(people.begin(), people.end(), map.person);
    numbers.push_back(static_cast<std::size_t>(at - people.begin()));
  }
  return numbers;
}

std::vector<PersonMap> without_person(const std::vector<PersonMap>& maps,
                                      const std::string& person) {
  std::vector<PersonMap> out;
  std::copy_if(maps.begin(), maps.end(), std::back_inserter(out),
               [&](const PersonMap& map) { return map.person != person; });
  return out;
}

std::vector<PersonMap> of_people(const std::vector<PersonMap>& maps,
                                 const std::vector<std::string>& people) {
  std::vector<PersonMap> out;
  std::copy_if(maps.begin(), maps.end(), std::back_inserter(out), [&](const PersonMap& map) {
    return std::find(people.begin(), people.end(), map.person) != people.end();
  });
  return out;
}

}  // namespace matfit
