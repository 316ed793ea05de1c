using System.Globalization;

namespace MlNetRecurrent.Trainers;

/// <summary>Reads the weight of a row, or the weights of its steps.</summary>
internal abstract class ExampleWeights
{
    private const string Role = "Example weight column";

    /// <summary>The weight of the current row.</summary>
    public float OfRow { get; private set; } = 1;

    /// <summary>The weights of its steps; none where they have that of the row.</summary>
    public virtual ReadOnlySpan<float> OfSteps => default;

    /// <param name="row">The row.</param>
    /// <param name="columns">The columns.</param>
    public static ExampleWeights Open(DataViewRow row, TrainingColumns columns) => columns.Weight switch
    {
        null => new EqualRows(),
        { Type: VectorDataViewType } column => new Steps(row, column, columns.Inputs.First.Name, columns.Task.Head.WeighsEachLabel),
        { } column => new Rows(row, column),
    };

    /// <summary>Reads the weights of the current row. The labels of steps of weight 0 become missing.</summary>
    /// <param name="labels">The labels; NaN is a missing one.</param>
    /// <returns>Whether any label has a weight above 0.</returns>
    /// <exception cref="InvalidOperationException">A weight cannot be used, or there is not one for each step.</exception>
    public abstract bool Read(Span<float> labels);

    private static bool IsWeight(float value) => float.IsFinite(value) && value >= 0;

    private static InvalidOperationException ReportNoWeight(string column, string place, float found) => new(string.Create(
        CultureInfo.InvariantCulture, $"{Role} '{column}': {place} is {found}; a weight is a finite number of at least 0."));

    private sealed class EqualRows : ExampleWeights
    {
        public override bool Read(Span<float> labels) => true;
    }

    private sealed class Rows(DataViewRow row, DataViewSchema.Column column) : ExampleWeights
    {
        private readonly ValueGetter<float> _getter = row.GetGetter<float>(column);

        public override bool Read(Span<float> labels)
        {
            float weight = 0;
            _getter(ref weight);
            if (!IsWeight(weight))
                throw ReportNoWeight(column.Name, FormattableString.Invariant($"row {row.Position} (counted from 0)"), weight);
            OfRow = weight;
            return weight > 0;
        }
    }

    /// <param name="row">The row.</param>
    /// <param name="column">The column of the weights.</param>
    /// <param name="sequences">The name of a column with as many steps, for messages.</param>
    /// <param name="canDiffer">Whether the weights of a row may differ otherwise than by being 0.</param>
    private sealed class Steps(DataViewRow row, DataViewSchema.Column column, string sequences, bool canDiffer) : ExampleWeights
    {
        private readonly VectorReader _reader = new(row, column, Role);

        public override ReadOnlySpan<float> OfSteps => _reader.Current;

        public override bool Read(Span<float> labels)
        {
            ReadOnlySpan<float> weights = _reader.Read();
            if (weights.Length != labels.Length)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Row {row.Position} (counted from 0) has {weights.Length} weights in column '{column.Name}' for {labels.Length} ")
                    + $"steps in column '{sequences}'; there must be one for each.");
            }
            bool anyLeft = false;
            for (int t = 0; t < weights.Length; t++)
            {
                if (!IsWeight(weights[t]))
                    throw ReportNoWeight(column.Name, Place(t), weights[t]);
                if (weights[t] == 0)
                    labels[t] = float.NaN;
                anyLeft |= !float.IsNaN(labels[t]);
            }
            if (!canDiffer)
                ThrowIfDifferent(weights);
            return anyLeft;
        }

        private void ThrowIfDifferent(ReadOnlySpan<float> weights)
        {
            int first = weights.IndexOfAnyExcept(0), other = -1;
            for (int t = first + 1; first >= 0 && other < 0 && t < weights.Length; t++)
                other = weights[t] != 0 && weights[t] != weights[first] ? t : -1;
            if (other < 0)
                return;
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Role} '{column.Name}': {Place(other)} is {weights[other]}, step {first} is {weights[first]}. ")
                + $"With {nameof(RecurrentOptions.UseCrf)}, whose loss has one weight for all labels of a sequence, all weights of a row "
                + "that are not 0 must be the same.");
        }

        private string Place(int step) => FormattableString.Invariant($"row {row.Position}, step {step} (both counted from 0)");
    }
}
