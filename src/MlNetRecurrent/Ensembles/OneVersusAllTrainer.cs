using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Ensembles;

/// <summary>Trains one binary network for each class, to tell it from all others.</summary>
internal sealed class OneVersusAllTrainer : IEstimator<ITransformer>
{
    /// <summary>The number of rows between two checks for cancellation.</summary>
    private const int RowsBetweenChecks = 256;

    private readonly IHost _host;
    private readonly RecurrentOptions _options;
    private readonly RecurrentTrainer _multiclass;

    /// <exception cref="ArgumentException">The trainer is not a binary one, or has an option that is not supported.</exception>
    public OneVersusAllTrainer(IHostEnvironment environment, RecurrentTrainer binary, string labelColumnName)
    {
        BinaryTrainerCheck.ThrowIfUnfit(binary, labelColumnName);
        _options = binary.CopyOptions();
        _options.LabelColumnName = labelColumnName;
        _host = environment.Register(nameof(OneVersusAllTrainer));
        // Its columns are those of any multiclass trainer.
        _multiclass = new(_host, RecurrentTask.Multiclass, _options);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _multiclass.GetOutputSchema(inputSchema);

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        LabelValues? values = LabelValues.Read(label);
        using IChannel channel = _host.Start("Training");
        int count = CountClasses(input, label, values);
        List<TrainedModel> classes = [];
        while (classes.Count < count)
        {
            string name = ClassLabels.NameOf(values, classes.Count);
            channel.Info(
                MessageSensitivity.UserData, "Class {0} of {1}: a network learns to tell {2} from all other labels.",
                classes.Count + 1, count, name);
            RecurrentOptions options = _options.Copy();
            if (options.Progress is { } progress)
                options.Progress = new ClassProgress(progress, values?.Texts[classes.Count] ?? name);
            classes.Add(new RecurrentTrainer(_host, new ClassVersusRestTask(classes.Count), options).Fit(input).Model);
        }
        return new OneVersusAllTransformer(new(classes, new MulticlassOutputs(count, values)), new(_host, "Scoring", _options.Warnings));
    }

    public override string ToString() => $"One-versus-all of: {_multiclass}";

    /// <summary>Counts the classes, each of which needs a row. Otherwise, the last training might fail after hours of others.</summary>
    /// <exception cref="InvalidOperationException">A class has no row.</exception>
    private int CountClasses(IDataView input, DataViewSchema.Column label, LabelValues? values)
    {
        var rows = new long[ClassLabels.KeysOf(label)];
        using DataViewRowCursor cursor = input.GetRowCursor([label]);
        LabelReader read = RecurrentTask.Multiclass.ReadLabels(cursor, label);
        while (cursor.MoveNext())
        {
            if (cursor.Position % RowsBetweenChecks == 0)
                ThrowIfCancelled();
            float found = read()[0];
            if (!float.IsNaN(found))
                rows[(int)found]++;
        }
        int[] missing = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i] == 0)];
        if (missing.Length == rows.Length)
            throw new InvalidOperationException($"No row has a label in column '{label.Name}'.");
        if (missing.Length > 0)
        {
            string names = string.Join(", ", missing.Take(3).Select(i => ClassLabels.NameOf(values, i)));
            string more = missing.Length > 3 ? $" and {missing.Length - 3} more" : "";
            throw new InvalidOperationException(
                $"No row has the label {names}{more} of column '{label.Name}', so that no network can learn to tell it from the others. "
                + "MapValueToKey, fitted on the training data, makes keys of the labels that occur.");
        }
        return rows.Length > 1
            ? rows.Length
            : throw new InvalidOperationException(
                $"All rows have the same label in column '{label.Name}', {ClassLabels.NameOf(values, 0)}: there is nothing to tell apart.");
    }

    private void ThrowIfCancelled()
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        CatalogEnvironment.ThrowIfCancelled(_host);
    }
}
