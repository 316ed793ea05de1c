using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRecurrent.Tests;

/// <summary>Runs alone: one of its tests sets a switch that holds for the whole program.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection<AloneInTheProcess>]
public sealed class WarningTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    public WarningTests() => _ml.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning)
            _warnings.Add(message.RawMessage);
    };

    [Fact]
    public void A_warning_ends_with_the_name_of_its_kind()
    {
        Fit(Example.QuickOptions());
        Assert.Equal("1 row has no label and is left out. (RecurrentWarning.MissingLabels)", Assert.Single(_warnings));
    }

    [Fact]
    public void A_warning_can_be_made_an_error()
    {
        RecurrentOptions options = Example.QuickOptions();
        options.TreatWarningsAsErrors = true;
        var exception = Assert.Throws<InvalidOperationException>(() => Fit(options));
        Assert.EndsWith("(RecurrentWarning.MissingLabels)", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_warning_that_is_ignored_is_neither_in_the_log_nor_an_error(bool treatWarningsAsErrors)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.TreatWarningsAsErrors = treatWarningsAsErrors;
        options.IgnoredWarnings = [RecurrentWarning.MissingLabels];
        Fit(options);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_kind_of_warning_that_is_none_is_refused_when_the_trainer_is_made()
    {
        var options = new RecurrentOptions { IgnoredWarnings = [(RecurrentWarning)1000] };
        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(RecurrentOptions.IgnoredWarnings), () => _ml.MulticlassClassification.Trainers.Recurrent(options));
    }

    [Fact]
    public void A_switch_of_the_program_makes_warnings_errors()
    {
        RecurrentOptions ignoring = Example.QuickOptions();
        ignoring.IgnoredWarnings = [RecurrentWarning.MissingLabels];
        AppContext.SetSwitch("MlNetRecurrent.TreatWarningsAsErrors", true);
        try
        {
            Assert.Throws<InvalidOperationException>(() => Fit(Example.QuickOptions()));
            Fit(ignoring);
        }
        finally
        {
            AppContext.SetSwitch("MlNetRecurrent.TreatWarningsAsErrors", false);
        }
    }

    private void Fit(RecurrentOptions options)
    {
        Example[] examples = Example.Generate(100);
        examples[7].Label = "";
        Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(examples));
    }
}
