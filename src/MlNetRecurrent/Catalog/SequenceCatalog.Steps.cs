using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <content>Transforms that make sequences of others, step by step.</content>
public static partial class SequenceCatalog
{
    /// <summary>Joins sequences of the same length step by step: <c>Vector&lt;Single, *, F₁ + F₂ + …&gt;</c>, or of a known number of steps where all have one.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | vectors of `Single` or of keys |
    /// | Output column data type | `Vector<Single, *, F>`, with a known number of steps where all inputs have one |
    /// | Exportable to ONNX | Yes, before a network |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the joined sequences.</param>
    /// <param name="inputColumnNames">The columns to join: vectors of <see cref="float"/>, of one number a step unless their type says more, or of keys.</param>
    /// <param name="oneHotKeys">Whether a key becomes as many numbers as there are keys, of which one is 1 (none for a missing key), rather than one number, from 1 (0 for a missing key). Large vocabularies make wide steps: a trainer embeds the tokens of a column of its own instead. Default: <see langword="true"/>.</param>
    /// <exception cref="ArgumentException">The name of a column is null or empty, or there is none.</exception>
    public static StepZippingEstimator ZipSteps(
        this TransformsCatalog catalog, string outputColumnName, string[] inputColumnNames, bool oneHotKeys = true) =>
        new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            Inputs = OptionCheck.ThatNamesAreGiven(inputColumnNames, nameof(inputColumnNames)),
            OneHotKeys = oneHotKeys,
        });

    /// <summary>Scales the features of sequences, each over all steps of all sequences, also where lengths differ. The recurrent trainers do so themselves unless told otherwise.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | Yes |
    /// | Input column data type | vector of `Single` |
    /// | Output column data type | `Vector<Single, T, F>`, or `Vector<Single, *, F>` where lengths vary |
    /// | Exportable to ONNX | Yes, before a network |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the scaled sequences.</param>
    /// <param name="inputColumnName">The column of the sequences, a vector of <see cref="float"/>; <see langword="null"/> for <paramref name="outputColumnName"/>. Default: <see langword="null"/>.</param>
    /// <param name="mode">How they are scaled. A feature that is constant in the data, up to the last bits of a <see cref="float"/>, becomes 0 and is named in the log; with <see cref="SequenceNormalization.Robust"/> one that changes, but whose quartiles are equal, keeps its scale. Numbers that are not finite are not learned from. Of more than 131072 steps, <see cref="SequenceNormalization.Robust"/> learns from a sample of so many. Default: <see cref="SequenceNormalization.MeanVariance"/>.</param>
    /// <param name="numberOfFeatures">The features of a step where the type of the column does not say it; 0 takes it from the type, and else one. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    public static SequenceNormalizingEstimator NormalizeSequence(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        SequenceNormalization mode = SequenceNormalization.MeanVariance,
        int numberOfFeatures = 0)
    {
        OptionCheck.That(Enum.IsDefined(mode), nameof(mode), mode, "MeanVariance, MinMax or Robust");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Mode = mode,
            NumberOfFeatures = CheckFeatures(numberOfFeatures),
        });
    }

    /// <summary>Brings sequences to one length, for components that need it: <c>Vector&lt;Single, length, F&gt;</c>, or as many keys. The recurrent trainers do not.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | vector of `Single` or of keys |
    /// | Output column data type | `Vector<Single, length, F>`, or as many keys |
    /// | Exportable to ONNX | No |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the sequences of one length.</param>
    /// <param name="length">The steps of each. Between 1 and 1048576; of F features a step, length · F is at most 16777216.</param>
    /// <param name="inputColumnName">The column of the sequences, a vector of <see cref="float"/> or of keys; <see langword="null"/> for <paramref name="outputColumnName"/>. Default: <see langword="null"/>.</param>
    /// <param name="atStart">Whether steps are added and taken away at the beginning, so that the last ones stay, rather than at the end. Default: <see langword="true"/>.</param>
    /// <param name="value">What added steps hold; keys are missing there. Default: 0.</param>
    /// <param name="numberOfFeatures">The features of a step where the type of the column does not say it; 0 takes it from the type, and else one. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    public static SequencePaddingEstimator PadOrTruncate(
        this TransformsCatalog catalog,
        string outputColumnName,
        int length,
        string? inputColumnName = null,
        bool atStart = true,
        float value = 0,
        int numberOfFeatures = 0)
    {
        OptionCheck.That(length is >= 1 and <= Most, nameof(length), length, "between 1 and 1048576");
        OptionCheck.That(float.IsFinite(value), nameof(value), value, "a finite number");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Length = length,
            AtStart = atStart,
            Value = value,
            NumberOfFeatures = CheckFeatures(numberOfFeatures),
        });
    }

    /// <summary>Takes from each step an earlier one: what changed. Before the first step stands the first again, so that there are as many steps as before, the first of which are 0.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | vector of `Single` |
    /// | Output column data type | `Vector<Single, T, F>`, or `Vector<Single, *, F>` where lengths vary |
    /// | Exportable to ONNX | Yes, before a network |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the differences.</param>
    /// <param name="inputColumnName">The column of the sequences, a vector of <see cref="float"/>; <see langword="null"/> for <paramref name="outputColumnName"/>. Default: <see langword="null"/>.</param>
    /// <param name="lag">How many steps earlier. Between 1 and 1048576. Default: 1.</param>
    /// <param name="numberOfFeatures">The features of a step where the type of the column does not say it; 0 takes it from the type, and else one. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    public static SequenceDifferencingEstimator Differences(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, int lag = 1, int numberOfFeatures = 0)
    {
        OptionCheck.That(lag is >= 1 and <= Most, nameof(lag), lag, "between 1 and 1048576");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Lag = lag,
            NumberOfFeatures = CheckFeatures(numberOfFeatures),
        });
    }

    /// <summary>Puts the features of earlier steps beside those of each step. Before the first step stands the first again.</summary>
    /// <remarks>
    /// <format type="text/markdown"><![CDATA[
    /// ### Estimator characteristics
    /// | | |
    /// |---|---|
    /// | Does it look at the data to learn its parameters? | No |
    /// | Input column data type | vector of `Single` |
    /// | Output column data type | `Vector<Single, *, F · lags>`, with a known number of steps where the input has one |
    /// | Exportable to ONNX | Yes, before a network |
    /// ]]></format>
    /// </remarks>
    /// <param name="catalog">The transforms of the context.</param>
    /// <param name="outputColumnName">The column of the sequences with F features for each lag.</param>
    /// <param name="lags">How many steps earlier, for each group of features; 0 is the step itself. Each between 0 and 1048576, at least one, at most 4096.</param>
    /// <param name="inputColumnName">The column of the sequences, a vector of <see cref="float"/>; <see langword="null"/> for <paramref name="outputColumnName"/>. Default: <see langword="null"/>.</param>
    /// <param name="numberOfFeatures">The features of a step where the type of the column does not say it; 0 takes it from the type, and else one. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The name of a column is null or empty.</exception>
    public static FeatureLaggingEstimator LagFeatures(
        this TransformsCatalog catalog, string outputColumnName, int[] lags, string? inputColumnName = null, int numberOfFeatures = 0)
    {
        ArgumentNullException.ThrowIfNull(lags);
        OptionCheck.That(lags.Length <= LaggedFeatures.MostLags, nameof(lags), lags.Length, "at most 4096 numbers");
        OptionCheck.That(lags.Length > 0 && Array.TrueForAll(lags, lag => lag is >= 0 and <= Most), nameof(lags), string.Join(", ", lags), "at least one number between 0 and 1048576");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Lags = [.. lags],
            NumberOfFeatures = CheckFeatures(numberOfFeatures),
        });
    }
}
