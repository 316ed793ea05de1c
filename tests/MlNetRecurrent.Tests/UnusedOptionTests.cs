using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>Options that are set and have no effect.</summary>
public sealed class UnusedOptionTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public UnusedOptionTests() => _warnings = WarningLines.Of(_ml);

    public static TheoryData<string, string> Options => new()
    {
        {
            nameof(RecurrentOptions.ReplaceOutputs),
            "ReplaceOutputs is set, but there is no previous model, so that all weights are new. Pass the model: Fit(data, previousModel)."
        },
        {
            nameof(RecurrentOptions.CharacterEncoder),
            "CharacterEncoder is Lstm, but no column holds characters. TokenizeWordsIntoCharacters makes such a column."
        },
        {
            nameof(RecurrentOptions.TrainableEmbeddings),
            "TrainableEmbeddings is set, but no column holds keys, so that nothing is embedded."
        },
        { nameof(RecurrentOptions.TokenDropout), "TokenDropout is set, but no column holds keys, so that nothing is embedded." },
        { nameof(RecurrentOptions.RareTokenDropout), "RareTokenDropout is set, but no column holds keys, so that nothing is embedded." },
        { nameof(RecurrentOptions.CheckpointInterval), "CheckpointInterval is set, but no CheckpointPath: there is no checkpoint." },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_without_effect_is_told(string option, string expected)
    {
        RecurrentOptions options = OptionEffects.Quick();
        switch (option)
        {
            case nameof(RecurrentOptions.ReplaceOutputs): options.ReplaceOutputs = true; break;
            case nameof(RecurrentOptions.CharacterEncoder): options.CharacterEncoder = CharacterEncoder.Lstm; break;
            case nameof(RecurrentOptions.TrainableEmbeddings): options.TrainableEmbeddings = false; break;
            case nameof(RecurrentOptions.TokenDropout): options.TokenDropout = 0.1f; break;
            case nameof(RecurrentOptions.RareTokenDropout): options.RareTokenDropout = 0.1f; break;
            default: options.CheckpointInterval = TimeSpan.FromMinutes(1); break;
        }
        Fit(options);
        Assert.Equal($"{expected} (RecurrentWarning.OptionWithoutEffect)", Assert.Single(_warnings));
    }

    [Fact]
    public void An_option_with_an_effect_is_not_told()
    {
        RecurrentOptions options = OptionEffects.Quick();
        RecurrentTransformer previous = Fit(options);
        options.ReplaceOutputs = true;
        _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(OptionEffects.Data(_ml), previous);
        Assert.Empty(_warnings);
    }

    private RecurrentTransformer Fit(RecurrentOptions options) =>
        _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(OptionEffects.Data(_ml));
}
