namespace MlNetRecurrent.Forecasting;

/// <summary>Gives the rows of a table with their forecasts. A second cursor of the table reads ahead.</summary>
internal sealed class ForecastCursor : DerivedCursor
{
    private readonly ForecastModel _model;
    private readonly DataViewRowCursor? _ahead;
    private readonly ForecastPass? _pass;
    private float[]? _outputs;

    public ForecastCursor(ForecastSchema schema, IDataView source, DataViewRowCursor input, DataViewSchema.Column[] columns)
        : base(schema, input, columns)
    {
        _model = schema.Model;
        if (!schema.MakesAny(columns))
            return;
        _ahead = source.GetRowCursor(_model.Columns.Names.Select(name => source.Schema[name]));
        _pass = new(_model, _ahead);
    }

    public override long Position => Input.Position;

    public override long Batch => Input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override bool Move()
    {
        _outputs = null;
        if (!Input.MoveNext())
            return false;
        _outputs = _pass?.Next();
        return true;
    }

    protected override Delegate MakeGetter(DataViewSchema.Column column)
    {
        int[] places = column.Name == ForecastSchema.ForecastName
            ? [_model.Shape.PlaceOfForecast]
            : [.. _model.Shape.Quantiles.Select(_model.Shape.PlaceOf)];
        int ofValue = _model.Shape.OutputsOfValue;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            float[] outputs = _outputs ?? throw NoRow();
            int values = outputs.Length / ofValue;
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, values * places.Length);
            for (int i = 0; i < values; i++)
            {
                for (int k = 0; k < places.Length; k++)
                    editor.Values[i * places.Length + k] = outputs[i * ofValue + places[k]];
            }
            value = editor.Commit();
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ahead?.Dispose();
        base.Dispose(disposing);
    }
}
