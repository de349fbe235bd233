#include "stages/score/intake.hpp"

#include "made_up_bout.hpp"
#include "stages/score/advise.hpp"
#include "stages/score/plain_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::shipped_guidance;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

Intake intake_of(const Subject& subject) { return read_intake(subject, shipped_guidance()); }

Intake intake_of_symptom(const std::string& symptom) {
  Subject subject;
  subject.symptoms = {symptom};
  return intake_of(subject);
}

std::vector<Advice> referrals(const std::vector<std::string>& symptoms) {
  Subject subject;
  subject.symptoms = symptoms;
  return referrals_for(subject, shipped_guidance());
}

struct Stated {
  const char* words;
  const char* flag;
};

class RedFlags : public ::testing::TestWithParam<Stated> {};

// Every red flag of the sleep-position guidance, as a person or a form would put it.
INSTANTIATE_TEST_SUITE_P(
    OfTheGuidance, RedFlags,
    ::testing::Values(Stated{"fever", "R1"}, Stated{"Unexplained weight loss", "R2"},
                      Stated{"unexplained_weight_loss", "R2"}, Stated{"numbness", "R3"},
                      Stated{"tingling in the arms", "R3"}, Stated{"numbness of the chest", "R3"},
                      Stated{"tingling belly", "R3"}, Stated{"numb legs", "R3"},
                      Stated{"weakness", "R4"}, Stated{"difficulty moving", "R4"},
                      Stated{"leg-weakness", "R4"}, Stated{"pain spreading to the legs", "R5"},
                      Stated{"sharp, radiating pain", "R5"}, Stated{"radiating_pain", "R5"},
                      Stated{"loss of bladder control", "R6"},
                      Stated{"loss of bowel control", "R6"}, Stated{"no bladder control", "R6"},
                      Stated{"incontinence", "R6"}, Stated{"abdominal pain", "R7"},
                      Stated{"throbbing in the abdomen", "R7"},
                      Stated{"pain that wakes from sleep", "R8"}, Stated{"wakes_from_sleep", "R8"},
                      Stated{"pain only at night", "R9"}, Stated{"night_only", "R9"},
                      Stated{"steady worsening", "R10"}, Stated{"steadily worsening pain", "R10"},
                      Stated{"pain for weeks", "R11"}, Stated{"severe pain", "R12"},
                      Stated{"pain after an injury", "R13"}, Stated{"history of cancer", "R14"},
                      Stated{"history of osteoporosis", "R15"},
                      Stated{"stiffness that does not ease with movement", "R16"},
                      Stated{"stiffness that doesn't ease", "R16"},
                      Stated{"Stiffness that doesn\xe2\x80\x99t ease", "R16"}));

TEST_P(RedFlags, RaiseAReferral) {
  EXPECT_THAT(intake_of_symptom(GetParam().words).red_flags, Contains(GetParam().flag));
  const std::vector<Advice> referral = referrals({GetParam().words});
  ASSERT_GE(referral.size(), 3U);
  EXPECT_EQ(referral.front().rule, "R0");
  EXPECT_THAT(referral, Contains(Field(&Advice::rule, GetParam().flag)));
  EXPECT_EQ(referral.back().rule, "R99");
}

TEST(RedFlagsOfTheFile, AreAllRaisedByEachOfTheirPhrases) {
  for (const RedFlag& flag : shipped_guidance().red_flags) {
    for (const std::string& phrase : flag.phrases) {
      EXPECT_THAT(intake_of_symptom(phrase).red_flags, Contains(flag.sentence.id)) << phrase;
    }
  }
}

TEST(Referrals, AreEmptyWithoutRedFlags) {
  EXPECT_THAT(referrals({}), IsEmpty());
  EXPECT_THAT(referrals({"none"}), IsEmpty());
  EXPECT_THAT(referrals({"snoring"}), IsEmpty());
  EXPECT_THAT(referrals_for(std::nullopt, shipped_guidance()), IsEmpty());
}

TEST(Referrals, PutTheEmergencyFirst) {
  for (const std::vector<std::string>& symptoms :
       {std::vector<std::string>{"loss of bladder control", "leg weakness"},
        std::vector<std::string>{"numbness", "loss of bowel control"},
        std::vector<std::string>{"incontinence and numb legs"}}) {
    const auto referral = referrals(symptoms);
    ASSERT_FALSE(referral.empty());
    EXPECT_EQ(referral.front().rule, "R90") << symptoms.front();
    EXPECT_NE(referral.front().text.find("EMERGENCY"), std::string::npos);
  }
  EXPECT_EQ(referrals({"loss of bladder control"}).front().rule, "R0");
  EXPECT_EQ(referrals({"leg weakness", "numbness"}).front().rule, "R0");
}

TEST(Referrals, QuoteWhatWasStated) {
  EXPECT_NE(referrals({"Fever since Monday"}).front().text.find("Fever since Monday"),
            std::string::npos);
}

TEST(Referrals, ReadPainPatternAndPainSitesToo) {
  Subject subject;
  subject.pain_pattern = "lower back, only at night";
  EXPECT_THAT(intake_of(subject).red_flags, ElementsAre("R9"));
  Subject belly;
  belly.pain_sites = {"belly"};
  EXPECT_THAT(intake_of(belly).red_flags, ElementsAre("R7"));
}

TEST(Intake, NormalisesPainSites) {
  Subject subject;
  subject.pain_sites = {"Lower-Back", "upper back", "NECK"};
  EXPECT_THAT(intake_of(subject).pain_sites, ElementsAre("lower_back", "neck", "upper_back"));
}

TEST(Intake, TakesTheLongestPhraseOfAPattern) {
  Subject subject;
  subject.pain_pattern = "eases with movement";
  EXPECT_THAT(intake_of(subject).pain_patterns, ElementsAre("eases_with_movement"));
  subject.pain_pattern = "does not ease with movement";
  EXPECT_THAT(intake_of(subject).pain_patterns, ElementsAre("does_not_ease"));
}

TEST(Intake, PassesOnWhatItDoesNotUnderstand) {
  Subject subject;
  subject.symptoms = {"zinging elbow-itis", "fever"};
  subject.pain_sites = {"third eye"};
  const Intake intake = intake_of(subject);
  EXPECT_THAT(intake.not_understood, ElementsAre("third eye", "zinging elbow-itis"));
  EXPECT_THAT(intake.raised_by, ElementsAre("fever"));
}

TEST(Intake, ReadsNegationsAsAbsentAndSaysSo) {
  const Intake intake = intake_of_symptom("no fever");
  EXPECT_THAT(intake.red_flags, IsEmpty());
  EXPECT_THAT(intake.read_as_absent, ElementsAre("no fever"));
  EXPECT_THAT(intake_of_symptom("no fever but numbness").red_flags, ElementsAre("R3"));
  EXPECT_THAT(intake_of_symptom("no fever, numbness").red_flags, ElementsAre("R3"));
}

TEST(Intake, WholeWordsOnly) {
  EXPECT_THAT(intake_of_symptom("feverfew tea").red_flags, IsEmpty());
  EXPECT_THAT(intake_of_symptom("cannot fall asleep").red_flags, IsEmpty());
}

TEST(PlainWords, AreLowerCaseWithSingleSpaces) {
  EXPECT_EQ(plain_words("  Low-Back\t PAIN!"), "low back pain");
  EXPECT_EQ(plain_words("doesn't"), "doesn t");
  EXPECT_EQ(plain_words("R\xc3\xbc"
                        "cken"),
            "r\xc3\xbc"
            "cken");
  EXPECT_EQ(plain_words(plain_words("A--B")), "a b");
  EXPECT_EQ(plain_words(""), "");
}

TEST(PlainWords, FindPhrasesAsWholeWords) {
  EXPECT_EQ(phrase_place("numb legs", "legs"), std::size_t{5});
  EXPECT_FALSE(phrase_place("number", "numb").has_value());
  EXPECT_EQ(phrase_place("number numb", "numb"), std::size_t{7});
  EXPECT_FALSE(phrase_place("legs", "").has_value());
}

}  // namespace
}  // namespace matfit
