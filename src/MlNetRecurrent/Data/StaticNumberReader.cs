namespace MlNetRecurrent.Data;

/// <summary>Reads a column with numbers that hold for all steps of a row.</summary>
internal sealed class StaticNumberReader : FieldReader
{
    private readonly DataViewRow _row;
    private readonly DataViewSchema.Column _found;
    private readonly Action _read;
    private float[] _values = [];

    public StaticNumberReader(DataViewRow row, DataViewSchema.Column found)
    {
        _row = row;
        _found = found;
        _read = CreateGetter();
    }

    public override int? Steps => null;

    public override void Read()
    {
        _read();
        for (int i = 0; i < _values.Length; i++)
        {
            if (!float.IsFinite(_values[i]))
                throw KeptRow.Mark(ReportNotFinite(i));
        }
    }

    public override void AddTo(SequenceSet set) => set.AddField(_values);

    private Action CreateGetter()
    {
        if (_found.Type is VectorDataViewType vector)
        {
            var reader = new VectorReader(_row, _found, StaticColumn.Role);
            _values = new float[vector.Size];
            return () => reader.Read().CopyTo(_values);
        }
        _values = new float[1];
        if (_found.Type == NumberDataViewType.Single)
        {
            ValueGetter<float> getNumber = _row.GetGetter<float>(_found);
            return () => getNumber(ref _values[0]);
        }
        ValueGetter<bool> getFlag = _row.GetGetter<bool>(_found);
        bool flag = false;
        return () =>
        {
            getFlag(ref flag);
            _values[0] = flag ? 1 : 0;
        };
    }

    private InvalidOperationException ReportNotFinite(int slot)
    {
        string place = FormattableString.Invariant($"{StaticColumn.Role} '{_found.Name}': row {_row.Position}");
        string which = _found.Type is VectorDataViewType
            ? FormattableString.Invariant($", slot {slot} (both counted from 0){SlotNames.Quote(_found, slot)}")
            : " (counted from 0)";
        return NotFinite.Feature(place + which, _values[slot]);
    }
}
