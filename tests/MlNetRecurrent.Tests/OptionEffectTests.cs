using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Every option of the training reaches it: with another value other weights are learned.</summary>
public sealed class OptionEffectTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Options => [.. OptionEffects.All.Keys];

    [Theory]
    [MemberData(nameof(Options))]
    public void Another_value_gives_other_weights_and_the_same_value_the_same_ones(string option)
    {
        float[] before = Learn(OptionEffects.All[option].Prepare, _ => { });
        Assert.Equal(before, Learn(OptionEffects.All[option].Prepare, _ => { }));
        Assert.NotEqual(before, Learn(OptionEffects.All[option].Prepare, OptionEffects.All[option].Change));
    }

    [Theory]
    [InlineData(nameof(RecurrentOptions.EmbeddingSize))]
    [InlineData(nameof(RecurrentOptions.TokenDropout))]
    public void Those_of_tokens_too(string option)
    {
        float[] Learn(int size, float dropout)
        {
            IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(40)
                .Select(example => new Words
                {
                    Features = [.. example.Features.Select(value => value > 0.5f ? "more" : "less")],
                    Label = example.Label == "red"
                }));
            RecurrentOptions options = OptionEffects.Quick();
            options.EmbeddingSize = size;
            options.TokenDropout = dropout;
            return Weights.Of(((TransformerChain<RecurrentTransformer>)_ml.Transforms.Conversion.MapValueToKey("Features")
                .Append(_ml.BinaryClassification.Trainers.Recurrent(options)).Fit(data)).LastTransformer);
        }
        Assert.Equal(Learn(6, 0), Learn(6, 0));
        Assert.NotEqual(Learn(6, 0), option == nameof(RecurrentOptions.EmbeddingSize) ? Learn(5, 0) : Learn(6, 0.5f));
    }

    [Theory]
    [InlineData(nameof(RecurrentOptions.NumberOfThreads))]
    [InlineData(nameof(RecurrentOptions.Progress))]
    [InlineData(nameof(RecurrentOptions.EncodingColumnName))]
    [InlineData(nameof(RecurrentOptions.KeepModelWhenCancelled))]
    [InlineData(nameof(RecurrentOptions.CacheMegabytes))]
    public void What_says_nothing_of_the_training_leaves_the_weights_as_they_are(string option)
    {
        AssertNoEffect(option, _ => { });
        AssertNoEffect(
            option, options => (options.Schedule, options.Pooling) = (LearningRateSchedule.Automatic, SequencePooling.Automatic));
    }

    private void AssertNoEffect(string option, Action<RecurrentOptions> prepare)
    {
        float[] before = Learn(prepare, _ => { });
        Assert.Equal(before, Learn(prepare, options =>
        {
            options.NumberOfThreads = option == nameof(RecurrentOptions.NumberOfThreads) ? 3 : options.NumberOfThreads;
            options.Progress = option == nameof(RecurrentOptions.Progress) ? new SynchronousProgress(_ => { }) : null;
            options.EncodingColumnName = option == nameof(RecurrentOptions.EncodingColumnName) ? "Encoding" : null;
            options.KeepModelWhenCancelled = option == nameof(RecurrentOptions.KeepModelWhenCancelled);
            options.CacheMegabytes = option == nameof(RecurrentOptions.CacheMegabytes) ? 0 : options.CacheMegabytes;
        }));
    }

    private float[] Learn(Action<RecurrentOptions> prepare, Action<RecurrentOptions> change)
    {
        RecurrentOptions options = OptionEffects.Quick();
        prepare(options);
        change(options);
        return Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(OptionEffects.Data(_ml)));
    }

    private sealed class Words
    {
        public string[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
