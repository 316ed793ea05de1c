using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Trainers;

/// <summary>Reads the labels of a row: those of all label columns for each output row of the network, NaN where one is missing.</summary>
internal sealed class LabelRow
{
    private readonly DataViewRow _row;
    private readonly TrainingColumns _columns;
    private readonly Func<int> _countSteps;
    private readonly (LabelColumn Column, int First, LabelReader Read)[] _readers;
    private readonly int _size;
    private readonly LabelCheck? _check;
    private float[] _labels = [], _main = [];

    /// <param name="row">The row.</param>
    /// <param name="columns">The columns of its view.</param>
    /// <param name="countSteps">Counts the steps of the row.</param>
    public LabelRow(DataViewRow row, TrainingColumns columns, Func<int> countSteps)
    {
        (_row, _columns, _countSteps) = (row, columns, countSteps);
        _readers = [.. columns.Labels.Places.Select(
            place => (place.Column, place.First, place.Column.Task.ReadLabels(row, place.Column.Column)))];
        _size = columns.Labels.Size;
        _check = columns.Labels.Main.Task.CheckLabels(row, columns.Labels.Main.Column);
    }

    /// <summary>
    /// Reads the labels [1 or steps, values of all columns]. The label of a sequence among labels of steps is in the first row.
    /// </summary>
    /// <exception cref="InvalidOperationException">A label cannot be used, or there are more or fewer labels than steps.</exception>
    public ReadOnlySpan<float> Read()
    {
        bool everyStep = _columns.Labels.Main.Task.EveryStep;
        int rows = everyStep ? _countSteps() : 1, length = checked(rows * _size);
        if (_labels.Length < length)
            _labels = new float[length];
        Span<float> labels = _labels.AsSpan(0, length);
        labels.Fill(float.NaN);
        foreach ((LabelColumn column, int first, LabelReader read) in _readers)
        {
            ReadOnlySpan<float> own = read();
            if (column.Task.EveryStep && own.Length != rows)
                throw OtherLength(column.Column.Name, own.Length, rows);
            for (int i = 0; i < own.Length && i / column.Size < rows; i++)
                labels[i / column.Size * _size + first + i % column.Size] = own[i];
        }
        return labels;
    }

    /// <summary>Checks the labels of the main column, without those of weight 0.</summary>
    /// <exception cref="InvalidOperationException">Their sequence is not possible.</exception>
    public void Check(ReadOnlySpan<float> labels)
    {
        if (_check is null)
            return;
        int count = labels.Length / _size;
        if (_main.Length < count)
            _main = new float[count];
        for (int i = 0; i < count; i++)
            _main[i] = labels[i * _size];
        _check(_main.AsSpan(0, count));
    }

    private InvalidOperationException OtherLength(string column, int labels, int steps)
    {
        SequenceColumn features = _columns.Inputs.First;
        string hint = features.Features == 1
            ? $" A plain vector is read as steps of one feature, unless {nameof(RecurrentOptions.NumberOfFeatures)} says more."
            : "";
        return new(
            $"Row {_row.Position} (counted from 0) has {labels} labels in column '{column}' for {steps} steps "
            + $"in column '{features.Name}'; there must be one for each.{hint}");
    }
}
