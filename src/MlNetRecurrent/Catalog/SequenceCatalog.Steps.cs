using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <content>Transforms of the steps of sequences.</content>
public static partial class SequenceCatalog
{
    /// <summary>
    /// Concatenates sequences of the same length step by step. The result is a <c>Vector&lt;Single, *, F₁ + F₂ + …&gt;</c>, with a known
    /// number of steps if all inputs have one.
    /// </summary>
    /// <inheritdoc cref="StepZippingEstimator" path="/remarks"/>
    /// <example>
    /// <code>var steps = ml.Transforms.ZipSteps("Features", ["Speed", "Road"]);</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnNames">The names of the input columns: vectors of <see cref="float"/> or of keys. A vector of
    /// <see cref="float"/> has one feature per step unless its type specifies more.</param>
    /// <param name="oneHotKeys">Whether a key is one-hot encoded: one value per key, all 0 for a missing key. Otherwise a key is one
    /// number: its index from 1, or 0 if missing. A large vocabulary gives wide steps; to embed its tokens instead, pass the column of keys
    /// to a trainer on its own. Default: <see langword="true"/>.</param>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or there is no input column.</exception>
    public static StepZippingEstimator ZipSteps(
        this TransformsCatalog catalog, string outputColumnName, string[] inputColumnNames, bool oneHotKeys = true) =>
        new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            Inputs = OptionCheck.ThatNamesAreGiven(inputColumnNames, nameof(inputColumnNames)),
            OneHotKeys = oneHotKeys,
        });

    /// <summary>
    /// Normalizes the features of sequences. The statistics of each feature are taken over all steps of all sequences, also if their
    /// lengths differ. The recurrent trainers normalize features themselves by default.
    /// </summary>
    /// <remarks>
    /// A feature that is constant in the data, up to the rounding of a <see cref="float"/>, becomes 0 and is named in the log. With
    /// <see cref="SequenceNormalization.Robust"/>, a feature that varies but whose quartiles are equal keeps its scale, and the statistics
    /// are taken over a random sample of 131072 steps if there are more. Values that are not finite are left out of the statistics.
    /// <inheritdoc cref="SequenceNormalizingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>var scaled = ml.Transforms.NormalizeSequence("Features", mode: SequenceNormalization.Robust);</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the input column, a vector of <see cref="float"/>. Default: <see langword="null"/>, which
    /// means <paramref name="outputColumnName"/>.</param>
    /// <param name="mode">The normalization. Default: <see cref="SequenceNormalization.MeanVariance"/>.</param>
    /// <param name="numberOfFeatures">The number of features per step, for a column whose type does not specify it. Between 0 and 1048576.
    /// Default: 0; the type decides. If it does not, steps have one feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
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

    /// <summary>
    /// Pads or truncates sequences to a fixed length, for components that require it. The result is a
    /// <c>Vector&lt;Single, length, F&gt;</c>, or a vector of as many keys. The recurrent trainers do not require it.
    /// </summary>
    /// <inheritdoc cref="SequencePaddingEstimator" path="/remarks"/>
    /// <example>
    /// <code>var padded = ml.Transforms.PadOrTruncate("Fixed", length: 50, inputColumnName: "Features");</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="length">The number of steps of the result. Between 1 and 1048576. With F features per step, length · F is at most
    /// 16777216.</param>
    /// <param name="inputColumnName">The name of the input column, a vector of <see cref="float"/> or of keys.
    /// Default: <see langword="null"/>, which means <paramref name="outputColumnName"/>.</param>
    /// <param name="atStart">Whether steps are added and removed at the start instead of the end, which keeps the last steps.
    /// Default: <see langword="true"/>.</param>
    /// <param name="value">The value of the added steps. Added keys are missing keys. Must be finite. Default: 0.</param>
    /// <param name="numberOfFeatures">The number of features per step, for a column whose type does not specify it. Between 0 and 1048576.
    /// Default: 0; the type decides. If it does not, steps have one feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
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

    /// <summary>
    /// Subtracts an earlier step from each step: y[t] = x[t] - x[max(0, t - lag)]. The number of steps does not change. The first step
    /// becomes 0.
    /// </summary>
    /// <inheritdoc cref="SequenceDifferencingEstimator" path="/remarks"/>
    /// <example>
    /// <code>var changes = ml.Transforms.Differences("Acceleration", "Speed");</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the input column, a vector of <see cref="float"/>. Default: <see langword="null"/>, which
    /// means <paramref name="outputColumnName"/>.</param>
    /// <param name="lag">The distance to the earlier step, in steps. Between 1 and 1048576. Default: 1.</param>
    /// <param name="numberOfFeatures">The number of features per step, for a column whose type does not specify it. Between 0 and 1048576.
    /// Default: 0; the type decides. If it does not, steps have one feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
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

    /// <summary>Adds the features of earlier steps to each step. Before the first step, the first step is repeated.</summary>
    /// <inheritdoc cref="FeatureLaggingEstimator" path="/remarks"/>
    /// <example>
    /// <code>var lagged = ml.Transforms.LagFeatures("Features", lags: [0, 1, 7]);</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column. Its steps have F features for each lag.</param>
    /// <param name="lags">The lags, in steps; 0 is the step itself. Between 1 and 4096 lags, each between 0 and 1048576.</param>
    /// <param name="inputColumnName">The name of the input column, a vector of <see cref="float"/>. Default: <see langword="null"/>, which
    /// means <paramref name="outputColumnName"/>.</param>
    /// <param name="numberOfFeatures">The number of features per step, for a column whose type does not specify it. Between 0 and 1048576.
    /// Default: 0; the type decides. If it does not, steps have one feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static FeatureLaggingEstimator LagFeatures(
        this TransformsCatalog catalog, string outputColumnName, int[] lags, string? inputColumnName = null, int numberOfFeatures = 0)
    {
        ArgumentNullException.ThrowIfNull(lags);
        OptionCheck.That(lags.Length <= LaggedFeatures.MostLags, nameof(lags), lags.Length, "at most 4096 numbers");
        bool areInRange = lags.Length > 0 && Array.TrueForAll(lags, lag => lag is >= 0 and <= Most);
        OptionCheck.That(areInRange, nameof(lags), string.Join(", ", lags), "at least one number between 0 and 1048576");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Lags = [.. lags],
            NumberOfFeatures = CheckFeatures(numberOfFeatures),
        });
    }
}
