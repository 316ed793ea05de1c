using MlNetRecurrent;
using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Maps;

namespace Microsoft.ML;

/// <content>Transforms of tables of time, each row by itself.</content>
public static partial class SequenceCatalog
{
    /// <summary>
    /// Creates features from the parts of a date and time, such as the hour, the day of the week and the month, and from a list of
    /// holidays. The result is a vector of <see cref="float"/> of known size with slot names such as <c>HourOfDay.Sin</c>,
    /// <c>DayOfWeek=Monday</c> and <c>Holiday</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The parts stand in the order of <see cref="CalendarParts"/>, then the holiday. The holidays are saved with the model. Of a
    /// <see cref="DateTimeOffset"/>, the clock time is read, not UTC. If the date is missing, which is 0001-01-01 as ML.NET reads an empty
    /// cell, all features are NaN, which the recurrent trainers reject with row and column.
    /// </para>
    /// <para>
    /// The features describe one row of a table: use the transform before <c>SlidingWindow</c> or <c>GroupIntoSequences</c>, or name the
    /// column in <see cref="RecurrentOptions.StaticColumnNames"/>. For several encodings, use the transform several times.
    /// </para>
    /// <inheritdoc cref="CalendarFeaturizingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var calendar = ml.Transforms.FeaturizeCalendar(
    ///     "Calendar", CalendarParts.DayOfWeek | CalendarParts.Month, "Date", holidays: [new DateOnly(2025, 12, 25)]);
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="parts">The parts of the date. May be <see cref="CalendarParts.None"/> if there are holidays.</param>
    /// <param name="inputColumnName">The name of the input column, a <see cref="DateTime"/> or <see cref="DateTimeOffset"/>.
    /// Default: <see langword="null"/>, which means <paramref name="outputColumnName"/>.</param>
    /// <param name="encoding">The encoding of the parts. Default: <see cref="CalendarEncoding.Cyclic"/>.</param>
    /// <param name="holidays">The holidays, at least one. They become a feature that is 1 on these days and 0 on all others.
    /// Default: <see langword="null"/>; there is no such feature.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static CalendarFeaturizingEstimator FeaturizeCalendar(
        this TransformsCatalog catalog,
        string outputColumnName,
        CalendarParts parts,
        string? inputColumnName = null,
        CalendarEncoding encoding = CalendarEncoding.Cyclic,
        IReadOnlyList<DateOnly>? holidays = null)
    {
        OptionCheck.That((parts & ~CalendarPart.All) == 0, nameof(parts), parts, "a combination of members of CalendarParts");
        OptionCheck.That(parts != CalendarParts.None || holidays is not null, nameof(parts), parts, "at least one part, or holidays given");
        OptionCheck.That(Enum.IsDefined(encoding), nameof(encoding), encoding, "Cyclic, OneHot or Number");
        OptionCheck.That(holidays is null or { Count: > 0 }, nameof(holidays), holidays?.Count, "null, or a list of at least one day");
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Parts = parts,
            Encoding = encoding,
            Holidays = holidays is null ? null : [.. holidays],
        });
    }

    /// <summary>
    /// Normalizes a number, or each number of a vector, by the statistics of its group: the sales of each shop by the mean and standard
    /// deviation of that shop. The statistics are learned in <c>Fit</c> and saved with the model.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Missing values (NaN) are left out of the statistics; infinite values are errors. A group whose values are constant in the training
    /// data, such as a group of one row, is scaled by the spread of all rows around its own value. A group without any value is treated as
    /// an unseen group: an error in <c>Fit</c>, or, with <see cref="UnseenGroupAction.UseAllGroups"/>, a warning and the statistics of all
    /// rows. If all rows are equal, the spread is 1. With <see cref="SequenceNormalization.Robust"/>, the statistics are taken over a
    /// random sample of 131072 values of each group if there are more. Memory holds the statistics of each group.
    /// </para>
    /// <para>
    /// A model whose label is normalized predicts normalized values. <see cref="DenormalizeByGroup"/> turns them back.
    /// </para>
    /// <inheritdoc cref="GroupNormalizingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.NormalizeByGroup("ScaledSales", groupColumnName: "Shop", inputColumnName: "Sales")
    ///     .Append(ml.Transforms.SlidingWindow("Features", ["ScaledSales"], windowSize: 14, horizon: 1, groupColumnName: "Shop"))
    ///     .Append(ml.Regression.Trainers.Gru("ScaledSales"))
    ///     .Append(ml.Transforms.DenormalizeByGroup("Forecast", "Score", normalizedColumnName: "ScaledSales"));
    /// </code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="groupColumnName">The name of the scalar column that identifies the group of a row.</param>
    /// <param name="inputColumnName">The name of the input column, <see cref="float"/> or a vector of it of known size.
    /// Default: <see langword="null"/>, which means <paramref name="outputColumnName"/>.</param>
    /// <param name="mode">The normalization. Default: <see cref="SequenceNormalization.MeanVariance"/>.</param>
    /// <param name="unseenGroups">The treatment of rows whose group was not in the training data, or is missing (a missing key, NaN or an
    /// empty text). In <c>Fit</c>, it decides whether rows without a group are an error or count for the statistics of all rows.
    /// Default: <see cref="UnseenGroupAction.Throw"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is null, empty or white space, or the output is the group column.</exception>
    public static GroupNormalizingEstimator NormalizeByGroup(
        this TransformsCatalog catalog,
        string outputColumnName,
        string groupColumnName,
        string? inputColumnName = null,
        SequenceNormalization mode = SequenceNormalization.MeanVariance,
        UnseenGroupAction unseenGroups = UnseenGroupAction.Throw)
    {
        OptionCheck.That(Enum.IsDefined(mode), nameof(mode), mode, "MeanVariance, MinMax or Robust");
        OptionCheck.That(Enum.IsDefined(unseenGroups), nameof(unseenGroups), unseenGroups, "Throw or UseAllGroups");
        OptionCheck.ThatColumnIsKept(outputColumnName, "output", groupColumnName, "group column", nameof(outputColumnName));
        return new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            GroupColumnName = groupColumnName,
            Mode = mode,
            UnseenGroups = unseenGroups,
        });
    }

    /// <summary>
    /// The inverse of <see cref="NormalizeByGroup"/>: turns a number that is in the unit of a normalized column, such as the score of a
    /// regression on a normalized label, back into the unit of its group.
    /// </summary>
    /// <remarks>
    /// <para>
    /// In <c>Fit</c>, the statistics are taken from <paramref name="normalizedColumnName"/>, so that they are the same even if rows were
    /// left out in between. They are saved with the model; the transformer reads the input column and the group column that
    /// <see cref="NormalizeByGroup"/> was given, and treats unseen groups as it does. A vector, such as quantiles, of a normalized scalar
    /// is turned back with the scale of that scalar.
    /// </para>
    /// <inheritdoc cref="GroupDenormalizingEstimator" path="/remarks/node()"/>
    /// </remarks>
    /// <example>
    /// <code>var forecast = ml.Transforms.DenormalizeByGroup("Forecast", "Score", normalizedColumnName: "ScaledSales");</code>
    /// </example>
    /// <param name="catalog">The transform catalog, <c>MLContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the output column.</param>
    /// <param name="inputColumnName">The name of the input column, <see cref="float"/> or a vector of it of known size.</param>
    /// <param name="normalizedColumnName">The name of the column that <see cref="NormalizeByGroup"/> created.</param>
    /// <exception cref="ArgumentException">A column name is null, empty or white space.</exception>
    public static GroupDenormalizingEstimator DenormalizeByGroup(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string normalizedColumnName) =>
        new(Environment(catalog), new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            NormalizedColumnName = normalizedColumnName,
        });
}
