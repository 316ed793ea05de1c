using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Trainers;

namespace MlNetRecurrent.Tests;

/// <summary>The entries of options in a checkpoint.</summary>
public sealed class TrainingFingerprintTests
{
    [Fact]
    public void A_list_is_written_by_its_items_and_is_the_default_where_they_are_the_same()
    {
        FingerprintEntry entry = TrainingFingerprint.Describe("Levels", new[] { 0.1, 0.5 }, new List<double> { 0.1, 0.5 });
        Assert.Equal(("Levels", "[0.1,0.5]", true), (entry.Name, entry.Value, entry.IsDefault));
        Assert.False(TrainingFingerprint.Describe("Levels", new[] { 0.5 }, new List<double> { 0.1, 0.5 }).IsDefault);
    }

    [Theory]
    [InlineData(0.5f, "0.5")]
    [InlineData(LearningRateSchedule.Cosine, "Cosine")]
    [InlineData("text", "text")]
    [InlineData(null, "")]
    public void Other_options_are_written_as_in_older_checkpoints(object? value, string expected) =>
        Assert.Equal(expected, TrainingFingerprint.Describe("Option", value, usual: null).Value);
}
