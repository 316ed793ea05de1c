using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

/// <summary>What ML.NET expects of any estimator, of every trainer on every kind of feature column.</summary>
public sealed class ContractTests
{
    /// <summary>A context in which nothing is trained.</summary>
    private static readonly MLContext _otherContext = new();

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Cases => ContractCase.All;

    public static TheoryData<string, string> SomeCases => ContractCase.Some;

    [Fact]
    public void Every_trainer_of_the_catalogs_is_tried()
    {
        IEnumerable<string> methods =
            from type in typeof(RecurrentTrainer).Assembly.GetExportedTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            where method.ReturnType == typeof(RecurrentTrainer)
            select $"{method.GetParameters()[0].ParameterType.Name.Replace("Trainers", "", StringComparison.Ordinal)}.{method.Name}";
        // The tagger has two overloads, of which one only makes the options of the other.
        IEnumerable<string> tried = ContractCase.Trainers.Keys.Select(trainer => trainer.Split(' ')[0]);
        Assert.Equal(methods.Distinct().Order(), tried.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_schema_that_is_promised_comes_by_every_way_to_it(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = @case.Data();
        SchemaShape promised = @case.Trainer.GetOutputSchema(SchemaShapes.Of(data.Schema));
        RecurrentTransformer model = @case.Fit();
        SchemaChecks.AssertSame(promised, model.Transform(data).Schema);
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        Assert.Same(data.Schema, mapper.InputSchema);
        SchemaChecks.AssertIdentical(model.Transform(data).Schema, mapper.OutputSchema);
        SchemaChecks.AssertIdentical(model.Transform(data).Schema, model.GetOutputSchema(data.Schema));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_column_that_is_missing_or_of_another_kind_is_named_before_a_row_is_read(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = @case.Data();
        foreach (string name in (string[])[@case.LabelColumnName, "Weight", .. @case.InputColumnNames])
        {
            Refuses(() => @case.Trainer.GetOutputSchema(SchemaShapes.Of(Without(name).Schema)), name);
            Refuses(() => @case.Trainer.Fit(new UnreadableView(Without(name).Schema)), name);
            Refuses(() => @case.Trainer.GetOutputSchema(SchemaShapes.Of(OfText(name).Schema)), name);
            Refuses(() => @case.Trainer.Fit(new UnreadableView(OfText(name).Schema)), name);
        }
        RecurrentTransformer model = @case.Fit();
        foreach (string name in @case.InputColumnNames)
        {
            foreach (DataViewSchema schema in (DataViewSchema[])[Without(name).Schema, OfText(name).Schema])
            {
                Refuses(() => model.GetOutputSchema(schema), name);
                Refuses(() => model.GetRowToRowMapper(schema), name);
                Refuses(() => model.Transform(new UnreadableView(schema)), name);
            }
        }
        IDataView bare = _ml.Transforms.SelectColumns(@case.InputColumnNames).Fit(data).Transform(data);
        Rows.AssertEqual(Scores(model.Transform(data)), Scores(model.Transform(bare)));

        IDataView Without(string name) => _ml.Transforms.DropColumns(name).Fit(data).Transform(data);

        IDataView OfText(string name) => _ml.Transforms.CopyColumns(name, "Text").Fit(data).Transform(data);
    }

    [Theory]
    [MemberData(nameof(SomeCases))]
    public void A_model_that_was_saved_and_loaded_puts_out_the_same_bit_for_bit_and_can_be_saved_again(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = @case.Data();
        RecurrentTransformer model = @case.Fit();
        IDataView expected = model.Transform(data);
        ITransformer loaded = Reload(model, out DataViewSchema schema), again = Reload(loaded, out DataViewSchema secondSchema);
        SchemaChecks.AssertIdentical(data.Schema, schema);
        SchemaChecks.AssertIdentical(data.Schema, secondSchema);
        foreach (ITransformer other in (ITransformer[])[loaded, again])
        {
            IDataView found = other.Transform(data);
            SchemaChecks.AssertIdentical(expected.Schema, found.Schema);
            Rows.AssertEqual(Rows.Of(expected), Rows.Of(found));
        }
        object[][] scores = Scores(expected);
        Assert.Contains(scores, row => !Rows.AreEqual(scores[0], row));

        ITransformer Reload(ITransformer saved, out DataViewSchema inputSchema)
        {
            using var stream = new MemoryStream();
            _ml.Model.Save(saved, data.Schema, stream);
            stream.Position = 0;
            return _otherContext.Model.Load(stream, out inputSchema);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_of_the_input_pass_through_untouched_the_hidden_ones_too(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = @case.Data(count: 100);
        data = _ml.Transforms.CopyColumns("Score", "Text")
            .Append(_ml.Transforms.CopyColumns("PredictedLabel", "Day"))
            .Append(_ml.Transforms.CopyColumns("Probability", "Vector"))
            .Fit(data).Transform(data);
        IDataView scored = @case.Fit().Transform(data);
        Assert.Equal(
            data.Schema.Select(input => (input.Name, input.Type)),
            scored.Schema.Take(data.Schema.Count).Select(output => (output.Name, output.Type)));
        Assert.True(scored.Schema[data.Schema["Score"].Index].IsHidden);
        Rows.AssertEqual(Rows.Of(data), Rows.Of(scored, [.. scored.Schema.Take(data.Schema.Count)]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mapper_of_single_rows_needs_the_features_only_and_gives_what_the_view_gives(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = @case.Data();
        RecurrentTransformer model = @case.Fit();
        IDataView scored = model.Transform(data);
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        DataViewSchema.Column score = mapper.OutputSchema["Score"], text = mapper.OutputSchema["Text"];
        Assert.Equal(@case.InputColumnNames.Order(), mapper.GetDependencies([score]).Select(needed => needed.Name).Order());
        Assert.Equal(
            @case.InputColumnNames.Append("Text").Order(),
            mapper.GetDependencies([score, text]).Select(needed => needed.Name).Order());
        Assert.Equal([text.Index], mapper.GetDependencies([text]).Select(needed => needed.Index));
        using DataViewRowCursor cursor = data.GetRowCursor(mapper.GetDependencies(mapper.OutputSchema));
        using DataViewRow row = mapper.GetRow(cursor, mapper.OutputSchema);
        Func<object>[] getters = [.. mapper.OutputSchema.Select(output => Rows.Getter(row, output))];
        object[][] expected = Rows.Of(scored);
        for (int i = 0; cursor.MoveNext(); i++)
        {
            Assert.Equal(i, row.Position);
            Rows.AssertEqual([expected[i]], [Array.ConvertAll(getters, getter => getter())]);
        }
        Assert.Equal(expected.Length, data.GetRowCount());
    }

    /// <summary>The columns that the model has added.</summary>
    private static object[][] Scores(IDataView scored) => Rows.Of(scored, [.. scored.Schema.Where(
        column => column.Name is "Score" or "PredictedLabel" or "Probability" or "Encoding" or "Actions")]);

    private static void Refuses(Func<object> action, string column)
    {
        Exception refused = Assert.ThrowsAny<Exception>(action);
        Assert.True(refused is ArgumentOutOfRangeException or InvalidOperationException, refused.ToString());
        Assert.Contains($"'{column}'", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A view of which no row may be read.</summary>
    private sealed class UnreadableView(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => schema;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new NotSupportedException("A row was read.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new NotSupportedException("A row was read.");
    }
}
