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
        { Type: VectorDataViewType } column => new Steps(row, column, columns),
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
    /// <param name="columns">All columns. The label of a sequence beside labels of steps has the mean weight of the steps.</param>
    private sealed class Steps(DataViewRow row, DataViewSchema.Column column, TrainingColumns columns) : ExampleWeights
    {
        private readonly bool[] _areOfSteps =
            [.. columns.Labels.All.SelectMany(label => Enumerable.Repeat(label.Task.EveryStep, label.Size))];

        private readonly VectorReader _reader = new(row, column, Role);

        public override ReadOnlySpan<float> OfSteps => _weights.AsSpan(0, _count);

        private float[] _weights = [];
        private int _count;

        public override bool Read(Span<float> labels)
        {
            ReadOnlySpan<float> weights = _reader.Read();
            int size = _areOfSteps.Length, steps = labels.Length / size;
            if (weights.Length != steps)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Row {row.Position} (counted from 0) has {weights.Length} weights in column '{column.Name}' for {steps} ")
                    + $"steps in column '{columns.Inputs.First.Name}'; there must be one for each.");
            }
            for (int t = 0; t < steps; t++)
            {
                if (!IsWeight(weights[t]))
                    throw ReportNoWeight(column.Name, Place(t), weights[t]);
            }
            if (!columns.Labels.Main.Task.Head.WeighsEachLabel)
                ThrowIfDifferent(weights);
            return Expand(weights, labels);
        }

        /// <summary>Gives each value of the labels its weight, and returns whether any label is left.</summary>
        private bool Expand(ReadOnlySpan<float> weights, Span<float> labels)
        {
            int size = _areOfSteps.Length;
            _count = labels.Length;
            if (_weights.Length < _count)
                _weights = new float[_count];
            double sum = 0;
            foreach (float weight in weights)
                sum += weight;
            bool anyLeft = false;
            for (int i = 0; i < labels.Length; i++)
            {
                _weights[i] = _areOfSteps[i % size] ? weights[i / size] : (float)(sum / weights.Length);
                if (_weights[i] == 0)
                    labels[i] = float.NaN;
                anyLeft |= !float.IsNaN(labels[i]);
            }
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
